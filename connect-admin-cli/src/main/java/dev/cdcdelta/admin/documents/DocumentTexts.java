package dev.cdcdelta.admin.documents;

import java.io.IOException;
import java.io.Reader;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into its top-level documents, however they are laid out: one a line, over many lines, or as the elements of arrays, as
 * {@code mongoexport} writes them. What stands between braces is not looked into.
 */
final class DocumentTexts {
    private static final int LONGEST = 64 << 20;

    private final Reader text;
    private final StringBuilder document = new StringBuilder();
    private long line = 1;
    private long firstLine = 1;

    DocumentTexts(Reader text) {
        this.text = text;
    }

    /** The line on which the last document began, the first being 1. */
    long line() {
        return firstLine;
    }

    /**
     * The next document's text.
     *
     * @return null at the end
     * @throws DataException if something else stands there; reading may go on, behind the line
     */
    @Nullable
    String next() throws IOException {
        document.setLength(0);
        int c = read();
        while (c >= 0 && (Character.isWhitespace(c) || c == ',' || c == '[' || c == ']' || c == '\uFEFF')) {
            c = read();
        }
        firstLine = line;
        if (c < 0) {
            return null;
        }
        if (c != '{') {
            skipLine(c);
            throw new DataException("A document begins with '{', and there is '" + Character.toString(c) + "'");
        }
        readDocument();
        return document.toString();
    }

    private void readDocument() throws IOException {
        int depth = 0;
        boolean inString = false;
        int c = '{';
        while (true) {
            document.append((char) c);
            if (inString) {
                if (c == '\\') {
                    document.append((char) require(read()));
                }
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return;
            }
            if (document.length() > LONGEST) {
                throw new DataException(
                        "The document is longer than " + LONGEST + " characters, or a brace is missing");
            }
            c = require(read());
        }
    }

    private static int require(int c) {
        if (c < 0) {
            throw new DataException("The text ends in the midst of a document");
        }
        return c;
    }

    private void skipLine(int from) throws IOException {
        int c = from;
        while (c >= 0 && c != '\n') {
            c = read();
        }
    }

    private int read() throws IOException {
        int c = text.read();
        line += c == '\n' ? 1 : 0;
        return c;
    }
}
