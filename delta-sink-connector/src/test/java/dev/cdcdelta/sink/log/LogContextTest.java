package dev.cdcdelta.sink.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
    private static final String KEY = "connector.context";

    @AfterEach
    void clear() {
        MDC.remove(KEY);
    }

    @Test
    void workLogsInTheContextOfWhoeverStartedIt() throws InterruptedException {
        MDC.put(KEY, "[orders-sink|task-0] ");
        LogContext context = LogContext.current();
        MDC.put(KEY, "[another] ");

        assertThat(seenBy(context)).isEqualTo("[orders-sink|task-0] ");
    }

    @Test
    void withoutAContextNothingIsCarriedOver() throws InterruptedException {
        MDC.clear();

        assertThat(seenBy(LogContext.current())).isEqualTo("null");
    }

    private static String seenBy(LogContext context) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        Thread thread = new Thread(context.around(() -> seen.append(MDC.get(KEY))));
        thread.start();
        thread.join();
        return seen.toString();
    }
}
