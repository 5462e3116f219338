package dev.cdcdelta.smt.schema;

import java.util.regex.Pattern;

/**
 * Which fields a rule is for. Names are joined by points, and arrays are passed through: {@code items.sku} is a field of the documents in
 * the array {@code items}. {@code *} stands for one name or a part of it, {@code **} for any number of names.
 */
record PathPattern(String text, Pattern pattern) {
    static PathPattern of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A path is empty");
        }
        StringBuilder regex = new StringBuilder();
        int literal = 0;
        for (int at = text.indexOf('*'); at >= 0; at = text.indexOf('*', literal)) {
            regex.append(Pattern.quote(text.substring(literal, at)));
            boolean many = text.startsWith("**", at);
            regex.append(many ? ".*" : "[^.]*");
            literal = at + (many ? 2 : 1);
        }
        regex.append(Pattern.quote(text.substring(literal)));
        return new PathPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
