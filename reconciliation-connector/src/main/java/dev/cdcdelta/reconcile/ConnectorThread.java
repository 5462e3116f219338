package dev.cdcdelta.reconcile;

import dev.cdcdelta.reconcile.source.Pause;
import dev.cdcdelta.sink.log.LogContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that can be told to stop: its pauses end then, with a {@link Pause.StoppedException}. */
final class ConnectorThread {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /** @param failed is told how the work has ended where it has ended badly, unless it was told to stop */
    ConnectorThread(String name, Runnable work, Consumer<Throwable> failed) {
        thread = new Thread(LogContext.current().around(work), name);
        // What a stop breaks off fails in many ways, and is taken up again at the next start.
        thread.setUncaughtExceptionHandler((ended, failure) -> {
            if (!isStopped()) {
                failed.accept(failure);
            }
        });
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void pause(Duration time) {
        try {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Pause.StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.StoppedException();
        }
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Returns when the thread has ended, or does not end in time: it is interrupted then. */
    void stop() {
        stopped.countDown();
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
