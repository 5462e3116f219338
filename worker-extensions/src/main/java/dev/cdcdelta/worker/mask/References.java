package dev.cdcdelta.worker.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References to config providers within a value, and what they resolved to. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]*:[^}]*\\}");

    private References() {}

    static boolean isIn(String value) {
        return REFERENCE.matcher(value).find();
    }

    /** Whether it is made of references, and of nothing else that could be a secret. */
    static boolean isAll(String value) {
        return isIn(value) && REFERENCE.matcher(value).replaceAll("").isBlank();
    }

    /** The texts that stand in {@code resolved} where {@code raw} has references; the whole where the two do not fit. */
    static List<String> resolved(String raw, String resolved) {
        StringBuilder shape = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(raw);
        int end = 0;
        while (matcher.find()) {
            shape.append(Pattern.quote(raw.substring(end, matcher.start()))).append("(.*)");
            end = matcher.end();
        }
        shape.append(Pattern.quote(raw.substring(end)));
        Matcher values = Pattern.compile(shape.toString(), Pattern.DOTALL).matcher(resolved);
        if (!values.matches()) {
            return List.of(resolved);
        }
        List<String> texts = new ArrayList<>();
        for (int group = 1; group <= values.groupCount(); group++) {
            texts.add(values.group(group));
        }
        return texts;
    }
}
