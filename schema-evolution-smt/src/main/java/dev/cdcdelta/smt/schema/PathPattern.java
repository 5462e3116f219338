package dev.cdcdelta.smt.schema;

import java.util.regex.Pattern;

/**
 * Which fields a rule is for. Names are joined by points, and arrays are passed through: {@code items.sku} is a field of the documents in
 * the array {@code items}. {@code *} stands for one name or a part of it, {@code **} for any number of names. A percent sign and two
 * hexadecimal digits stand for a character that would not be read as itself: {@code %2E} for a point within a name, {@code %2C} for a
 * comma, {@code %2A} for an asterisk, {@code %25} for a percent sign.
 */
record PathPattern(String text, Pattern pattern) {
    /** @throws IllegalArgumentException if the path is empty, or has a percent sign that begins no escape */
    static PathPattern of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A path is empty");
        }
        StringBuilder regex = new StringBuilder();
        int literal = 0;
        for (int at = text.indexOf('*'); at >= 0; at = text.indexOf('*', literal)) {
            regex.append(Pattern.quote(names(text.substring(literal, at))));
            boolean many = text.startsWith("**", at);
            regex.append(many ? ".*" : "[^.]*");
            literal = at + (many ? 2 : 1);
        }
        regex.append(Pattern.quote(names(text.substring(literal))));
        return new PathPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** A part of a pattern that has no asterisks, as {@link FieldPath} writes it. */
    private static String names(String part) {
        String unmarked = part.replace("[]", "");
        StringBuilder names = new StringBuilder(unmarked.length());
        for (int i = 0; i < unmarked.length(); i++) {
            char c = unmarked.charAt(i);
            if (c == '%') {
                names.append(FieldPath.escape(String.valueOf(unescape(unmarked, i))));
                i += 2;
            } else {
                names.append(c == '.' ? "." : FieldPath.escape(String.valueOf(c)));
            }
        }
        return names.toString();
    }

    private static char unescape(String text, int at) {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("'" + text
                    + "' has a percent sign without two hexadecimal digits behind it; write %25 for a percent sign");
        }
        return (char) (high << 4 | low);
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
