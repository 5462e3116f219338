package dev.cdcdelta.stack.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Hands the body of a message on, byte for byte. */
final class HttpBody {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int HEXADECIMAL = 16;

    private final InputStream input;
    private final OutputStream output;

    HttpBody(InputStream input, OutputStream output) {
        this.input = input;
        this.output = output;
    }

    void copy(HttpHead head) throws IOException {
        if (head.isChunked()) {
            copyChunks();
        } else {
            copy(head.contentLength());
        }
        output.flush();
    }

    void copy(long length) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = length;
        while (left > 0) {
            int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("The connection ended within a body");
            }
            output.write(buffer, 0, read);
            left -= read;
        }
    }

    private void copyChunks() throws IOException {
        long length;
        do {
            String size = line();
            length = Long.parseLong(size.split(";", 2)[0].strip(), HEXADECIMAL);
            copy(length);
            if (length > 0) {
                line();
            }
        } while (length > 0);
        // Trailers, and the empty line behind them.
        while (!line().isEmpty()) {
            continue;
        }
    }

    /** Without its end, which is handed on too. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = input.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("The connection ended within a body");
            }
            line.append((char) next);
            next = input.read();
        }
        output.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        output.write('\n');
        return line.toString().strip();
    }
}
