package dev.cdcdelta.smt.registry;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Names as Avro allows them, {@code [A-Za-z_][A-Za-z0-9_]*}, and no two names alike: a character that Avro refuses becomes {@code
 * _xHHHH_}, its UTF-16 code unit, as SQL/XML (ISO 9075-14) does it. So does an underscore that would begin such a group; a name of no
 * characters is {@code _x_}.
 */
final class AvroNames {
    private static final String EMPTY = "_x_";

    private AvroNames() {}

    static String of(String name) {
        if (name.isEmpty()) {
            return EMPTY;
        }
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isAllowed(c, i) && !(c == '_' && name.startsWith("x", i + 1))) {
                escaped.append(c);
            } else {
                escaped.append("_x").append(String.format("%04x", (int) c)).append('_');
            }
        }
        return escaped.toString();
    }

    /** A topic's name as an Avro namespace. */
    static String namespace(String topic) {
        return Arrays.stream(topic.split("\\.", -1)).map(AvroNames::of).collect(Collectors.joining("."));
    }

    private static boolean isAllowed(char c, int index) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || index > 0 && c >= '0' && c <= '9';
    }
}
