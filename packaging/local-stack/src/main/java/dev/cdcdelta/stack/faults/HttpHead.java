package dev.cdcdelta.stack.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** First line and headers of an HTTP/1.1 message. Lines are kept as they came: signatures cover them. */
record HttpHead(String firstLine, List<String> headers) {
    private static final int LONGEST = 64 * 1024;
    private static final String END = "\r\n\r\n";

    HttpHead {
        headers = List.copyOf(headers);
    }

    /** Empty where the peer has closed the connection between two messages. */
    static Optional<HttpHead> read(InputStream input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length()) {
            int next = input.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("The connection ended within the head of a message");
            }
            bytes.write(next);
            matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (bytes.size() > LONGEST) {
                throw new IOException("The head of a message is longer than " + LONGEST + " bytes");
            }
        }
        List<String> lines =
                bytes.toString(StandardCharsets.ISO_8859_1).strip().lines().toList();
        return Optional.of(new HttpHead(lines.get(0), lines.subList(1, lines.size())));
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    HttpHead without(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        List<String> kept = new ArrayList<>(headers);
        kept.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix));
        return new HttpHead(firstLine, kept);
    }

    boolean isChunked() {
        return header("Transfer-Encoding")
                .filter(coding -> coding.equalsIgnoreCase("chunked"))
                .isPresent();
    }

    long contentLength() {
        return header("Content-Length").map(Long::parseLong).orElse(0L);
    }

    boolean endsConnection() {
        return header("Connection")
                .filter(option -> option.equalsIgnoreCase("close"))
                .isPresent();
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(firstLine).append("\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
