package dev.cdcdelta.sink.batch;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.update.UpdateDescription;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rough, never tiny estimate of the heap that a row or a value of one takes, in bytes. */
final class HeapSize {
    private static final long OBJECT = 24;

    private HeapSize() {}

    static long of(UpdateDescription update) {
        return 4 * OBJECT + 6L * ExtendedJson.text(update.updated()).length() + of(update.removed());
    }

    static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof String text) {
            return 2 * OBJECT + text.length();
        }
        if (value instanceof byte[] bytes) {
            return OBJECT + bytes.length;
        }
        if (value instanceof List<?> list) {
            long bytes = 2 * OBJECT;
            for (Object element : list) {
                bytes += 8 + of(element);
            }
            return bytes;
        }
        if (value instanceof Object[] row) {
            long bytes = OBJECT;
            for (Object part : row) {
                bytes += 8 + of(part);
            }
            return bytes;
        }
        return value instanceof BigDecimal ? 4 * OBJECT : OBJECT;
    }
}
