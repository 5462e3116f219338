package dev.cdcdelta.sink.batch;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A rough, never tiny estimate of the heap that a value takes, in bytes. */
final class HeapSize {
    private static final int OBJECT = 24;

    private HeapSize() {}

    static long of(@Nullable Object value) {
        if (value == null) {
            return 8;
        }
        if (value instanceof String text) {
            return 2L * OBJECT + text.length();
        }
        if (value instanceof byte[] bytes) {
            return OBJECT + bytes.length;
        }
        if (value instanceof ByteBuffer buffer) {
            return 2L * OBJECT + buffer.remaining();
        }
        if (value instanceof List<?> list) {
            long bytes = 2L * OBJECT;
            for (Object element : list) {
                bytes += 8 + of(element);
            }
            return bytes;
        }
        if (value instanceof Struct struct) {
            long bytes = 2L * OBJECT;
            for (var field : struct.schema().fields()) {
                bytes += 8 + of(struct.get(field));
            }
            return bytes;
        }
        return OBJECT;
    }
}
