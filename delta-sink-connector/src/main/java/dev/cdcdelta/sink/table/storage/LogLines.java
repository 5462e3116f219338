package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.utils.CloseableIterator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A log file's text in memory: a commit has to be whole before its first byte may show. */
final class LogLines {
    private LogLines() {}

    static byte[] bytes(CloseableIterator<String> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (lines) {
            while (lines.hasNext()) {
                bytes.write(lines.next().getBytes(StandardCharsets.UTF_8));
                bytes.write('\n');
            }
        }
        return bytes.toByteArray();
    }
}
