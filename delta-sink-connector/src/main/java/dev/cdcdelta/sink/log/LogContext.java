package dev.cdcdelta.sink.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a thread's lines in the log carry beside their text. Connect puts {@code connector.context} there, as in
 * {@code [orders-sink|task-0]}, but in its own threads only.
 */
public final class LogContext {
    private final @Nullable Map<String, String> values;

    private LogContext(@Nullable Map<String, String> values) {
        this.values = values;
    }

    /** That of the calling thread. */
    public static LogContext current() {
        return new LogContext(MDC.getCopyOfContextMap());
    }

    /** The same work, for a thread of its own that logs in this context. */
    public Runnable around(Runnable work) {
        return () -> {
            if (values == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(values);
            }
            work.run();
        };
    }
}
