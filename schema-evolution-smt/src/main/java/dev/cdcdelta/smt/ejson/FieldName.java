package dev.cdcdelta.smt.ejson;

/** A field's name as it is expected in text. */
public final class FieldName {
    private final char[] quoted;

    public FieldName(String name) {
        quoted = isWrittenAsItIs(name) ? ('"' + name + '"').toCharArray() : new char[0];
    }

    /** With its quotes; empty if the text of the name is not unique, because some of its characters have to be escaped. */
    char[] quoted() {
        return quoted;
    }

    private static boolean isWrittenAsItIs(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return Surrogates.arePaired(name);
    }
}
