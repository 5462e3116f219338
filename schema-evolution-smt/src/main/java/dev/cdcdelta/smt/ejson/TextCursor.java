package dev.cdcdelta.smt.ejson;

import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A place in extended JSON text, for readers that know what they expect there. It never throws: what is not as expected it leaves to
 * {@link ExtendedJson}, which understands all of it and tells what is broken. So it may accept less than that, but never more, and
 * never anything else.
 *
 * <p>A method that has not found what it looked for leaves the place undefined; whoever wants to go on goes back with {@link #reset}.
 */
public final class TextCursor {
    private static final int MAXIMUM_DIGITS = 19;
    private static final int OBJECT_ID_LENGTH = 24;
    private static final int ASCII = 128;

    /** Characters that a string holds as they stand. */
    private static final boolean[] PLAIN = plain();

    /** What documents of usual size need stays from text to text; what a huge one needed does not. */
    private static final int KEPT = 1 << 18;

    private static final char END = 0;

    /** Ends with a character that no JSON holds, so that no loop needs to look where the text ends. */
    private char[] text;

    private int end;
    private int position;
    private int depth;
    private long integer;
    private boolean isInteger;

    public TextCursor(String text) {
        this.text = new char[text.length() + 1];
        over(text);
    }

    /** A cursor over no text yet. */
    public TextCursor() {
        text = new char[1];
    }

    /** Begins anew with another text. */
    public void over(String next) {
        begin(next.length());
        next.getChars(0, end, text, 0);
    }

    /** The same with characters of somebody else's, who may change them afterwards. */
    public void over(char[] next, int offset, int length) {
        begin(length);
        System.arraycopy(next, offset, text, 0, length);
    }

    private void begin(int length) {
        if (text.length <= length || text.length > KEPT && length < KEPT) {
            text = new char[length + 1];
        }
        text[length] = END;
        end = length;
        position = 0;
        depth = 0;
    }

    /** Where the next token begins. */
    public int position() {
        skipSpace();
        return position;
    }

    /** How many objects and arrays are open. */
    public int depth() {
        return depth;
    }

    /** Goes back to a place that was {@link #position()} while so many objects and arrays were open. */
    public void reset(int newPosition, int newDepth) {
        position = newPosition;
        depth = newDepth;
    }

    /** The first character of the next token; NUL at the end. */
    public char peek() {
        skipSpace();
        return text[position];
    }

    /** Steps over the character, if it is the next token. */
    public boolean take(char token) {
        skipSpace();
        if (text[position] != token) {
            return false;
        }
        position++;
        return true;
    }

    /** Steps into an object or an array. */
    public boolean open(char bracket) {
        return take(bracket) && ++depth <= ExtendedJsonParser.MAXIMUM_DEPTH;
    }

    /** Steps out of an object or an array. */
    public boolean close(char bracket) {
        if (take(bracket)) {
            depth--;
            return true;
        }
        return false;
    }

    public boolean takeNull() {
        return takeWord("null");
    }

    public boolean isAtEnd() {
        skipSpace();
        return position == end;
    }

    /** Whether an object that was just stepped into may be a wrapper, such as of <code>$oid</code>. */
    public boolean mayBeWrapper() {
        skipSpace();
        return text[position] == '"' && (text[position + 1] == '$' || text[position + 1] == '\\');
    }

    /** Steps over a name and its colon, if it is this one; stays before it if not. */
    public boolean takeName(FieldName name) {
        char[] quoted = name.quoted();
        int length = quoted.length;
        if (length == 0 || length > end - position) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[position + i] != quoted[i]) {
                return false;
            }
        }
        int start = position;
        position += length;
        if (!take(':')) {
            position = start;
            return false;
        }
        return true;
    }

    /** The next name, after stepping over its colon; null if it is broken. */
    public @Nullable String readName() {
        String name = readString();
        return name != null && take(':') ? name : null;
    }

    /** A string; null if there is none, or a broken one. */
    public @Nullable String readString() {
        if (!take('"')) {
            return null;
        }
        int start = position;
        int at = start;
        while (isPlain(text[at])) {
            at++;
        }
        if (text[at] == '"') {
            position = at + 1;
            return new String(text, start, at - start);
        }
        return readEscaped(start, at);
    }

    /** A bare integer of 32 bits; null if there is none. */
    public @Nullable Integer readInt32() {
        skipSpace();
        return readInteger() && integer == (int) integer ? (Integer) (int) integer : null;
    }

    /** An integer of 64 bits, bare or in a wrapper; null if there is none. */
    public @Nullable Long readInt64() {
        char first = peek();
        if (first != '{') {
            return readInteger() ? (Long) integer : null;
        }
        return takeWord("{") && takeWrapperName("\"$numberLong\"") && take('"') && readInteger() && endsWrapper()
                ? (Long) integer
                : null;
    }

    /** A double, or an integer of 32 bits; null if there is none. */
    public @Nullable Double readDouble() {
        skipSpace();
        char first = text[position];
        if (first == 'N') {
            return takeWord("NaN") ? Double.NaN : null;
        }
        if (first == 'I') {
            return takeWord("Infinity") ? Double.POSITIVE_INFINITY : null;
        }
        if (first == '-' && text[position + 1] == 'I') {
            return takeWord("-Infinity") ? Double.NEGATIVE_INFINITY : null;
        }
        int start = position;
        if (!skipNumber()) {
            return null;
        }
        if (!isInteger) {
            return Numbers.toDouble(text, start, position);
        }
        position = start;
        Integer number = readInt32();
        return number == null ? null : (Double) (double) number;
    }

    public @Nullable Boolean readBoolean() {
        char first = peek();
        if (first == 't') {
            return takeWord("true") ? Boolean.TRUE : null;
        }
        return takeWord("false") ? Boolean.FALSE : null;
    }

    /** The 24 digits of an ObjectId in its wrapper; null if there is none. */
    public @Nullable String readObjectId() {
        if (!take('{') || !takeWrapperName("\"$oid\"") || !take('"') || end - position < OBJECT_ID_LENGTH) {
            return null;
        }
        int start = position;
        for (; position < start + OBJECT_ID_LENGTH; position++) {
            char digit = text[position];
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
                return null;
            }
        }
        return endsWrapper() ? new String(text, start, OBJECT_ID_LENGTH) : null;
    }

    /** Milliseconds since the epoch of a date in its wrapper, of version 1 or canonical; null if there is none. */
    public @Nullable Long readDate() {
        if (!take('{') || !takeWrapperName("\"$date\"")) {
            return null;
        }
        Long milliseconds = readInt64();
        return milliseconds != null && take('}') ? milliseconds : null;
    }

    /** The text of a Decimal128 in its wrapper; null if there is none, or if its canonical form might be another. */
    public @Nullable String readDecimal() {
        if (!take('{') || !takeWrapperName("\"$numberDecimal\"") || !take('"')) {
            return null;
        }
        int start = position;
        if (!skipNumber() || !Numbers.isCanonicalDecimal(text, start, position)) {
            return null;
        }
        String decimal = new String(text, start, position - start);
        return endsWrapper() ? decimal : null;
    }

    /** The next value, whatever it is; null if it is broken. */
    public @Nullable BsonValue readValue() {
        int start = position();
        if (!skipValue()) {
            return null;
        }
        try {
            return ExtendedJson.parse(new String(text, start, position - start));
        } catch (DataException broken) {
            // Told by whoever reads the whole document, with the path from its root.
            return null;
        }
    }

    private boolean skipValue() {
        int outside = depth;
        do {
            char first = peek();
            if (first == '{' || first == '[') {
                if (!open(first)) {
                    return false;
                }
                char closing = (char) (first + 2);
                if (peek() == closing) {
                    close(closing);
                } else {
                    if (first == '{' && !skipName()) {
                        return false;
                    }
                    continue;
                }
            } else if (!skipScalar(first)) {
                return false;
            }
            if (!skipToNextValue(outside)) {
                return false;
            }
        } while (depth > outside);
        return true;
    }

    /** After a value: closes what ends here, and steps over a comma and a name. */
    private boolean skipToNextValue(int outside) {
        while (depth > outside) {
            char next = peek();
            if (next == ',') {
                position++;
                return peek() != '"' || skipNameIfAny();
            }
            if (next != '}' && next != ']') {
                return false;
            }
            close(next);
        }
        return true;
    }

    /** A string behind a comma is a name if a colon follows. Which bracket encloses it is the parser's to check. */
    private boolean skipNameIfAny() {
        int start = position;
        if (!skipString()) {
            return false;
        }
        if (!take(':')) {
            position = start;
        }
        return true;
    }

    private boolean skipName() {
        skipSpace();
        return skipString() && take(':');
    }

    private boolean skipScalar(char first) {
        return switch (first) {
            case '"' -> skipString();
            case 't' -> takeWord("true");
            case 'f' -> takeWord("false");
            case 'n' -> takeWord("null");
            case 'N' -> takeWord("NaN");
            case 'I' -> takeWord("Infinity");
            default -> first == '-' && text[position + 1] == 'I' ? takeWord("-Infinity") : skipNumber();
        };
    }

    private boolean skipString() {
        if (text[position] != '"') {
            return false;
        }
        position++;
        while (true) {
            char c = text[position];
            if (c == '"') {
                position++;
                return true;
            }
            if (c == '\\') {
                position++;
            }
            if (text[position] < ' ') {
                return false;
            }
            position++;
        }
    }

    /** Reads digits into {@link #integer}. */
    private boolean readInteger() {
        int start = position;
        if (!skipNumber() || !isInteger) {
            return false;
        }
        boolean negative = text[start] == '-';
        int at = negative ? start + 1 : start;
        if (position - at > MAXIMUM_DIGITS) {
            return false;
        }
        long value = 0;
        for (; at < position; at++) {
            value = value * 10 + (text[at] - '0');
        }
        integer = negative ? -value : value;
        // Nineteen digits overflow once at most, and into the sign.
        return value >= 0;
    }

    /** Steps over a JSON number and tells in {@link #isInteger} what it is. */
    private boolean skipNumber() {
        int at = position;
        if (text[at] == '-') {
            at++;
        }
        int first = at;
        at = skipDigits(at);
        if (at == first || (text[first] == '0' && at > first + 1)) {
            return false;
        }
        isInteger = true;
        if (text[at] == '.') {
            isInteger = false;
            int fraction = at + 1;
            at = skipDigits(fraction);
            if (at == fraction) {
                return false;
            }
        }
        if (text[at] == 'e' || text[at] == 'E') {
            isInteger = false;
            int exponent = text[at + 1] == '-' || text[at + 1] == '+' ? at + 2 : at + 1;
            at = skipDigits(exponent);
            if (at == exponent) {
                return false;
            }
        }
        position = at;
        return true;
    }

    private int skipDigits(int start) {
        int at = start;
        while (text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    private boolean takeWrapperName(String quoted) {
        skipSpace();
        return takeWord(quoted) && take(':') && peek() != 0;
    }

    private boolean endsWrapper() {
        if (text[position] != '"') {
            return false;
        }
        position++;
        return take('}');
    }

    private boolean takeWord(String word) {
        int length = word.length();
        if (length > end - position) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[position + i] != word.charAt(i)) {
                return false;
            }
        }
        position += length;
        return true;
    }

    private @Nullable String readEscaped(int start, int firstSpecial) {
        StringBuilder string = new StringBuilder(firstSpecial - start + 16);
        string.append(text, start, firstSpecial - start);
        position = firstSpecial;
        while (true) {
            char c = text[position++];
            if (c == '"') {
                String whole = string.toString();
                return Surrogates.arePaired(whole) ? whole : null;
            }
            if (c < ' ') {
                return null;
            }
            if (c != '\\') {
                string.append(c);
            } else if (!unescape(string)) {
                return null;
            }
        }
    }

    private boolean unescape(StringBuilder string) {
        char c = text[position++];
        switch (c) {
            case '"', '\\', '/' -> string.append(c);
            case 'b' -> string.append('\b');
            case 'f' -> string.append('\f');
            case 'n' -> string.append('\n');
            case 'r' -> string.append('\r');
            case 't' -> string.append('\t');
            case 'u' -> {
                return unescapeUnit(string);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unescapeUnit(StringBuilder string) {
        if (end - position < 4) {
            return false;
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = text[position++];
            int digit = c < ASCII ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return false;
            }
            unit = (unit << 4) | digit;
        }
        string.append((char) unit);
        return true;
    }

    private void skipSpace() {
        char c = text[position];
        while (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            c = text[++position];
        }
    }

    private static boolean isPlain(char c) {
        return c < ASCII ? PLAIN[c] : !Character.isSurrogate(c);
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[ASCII];
        for (char c = ' '; c < ASCII; c++) {
            plain[c] = c != '"' && c != '\\';
        }
        return plain;
    }
}
