package dev.cdcdelta.sink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Flush threads that are the caller's own: work is done at once, or, while it is held, when the test says so. */
final class DirectThreads extends AbstractExecutorService {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean held;
    private boolean shutdown;

    DirectThreads hold() {
        held = true;
        return this;
    }

    /** Does what waits, and what comes later at once. */
    void letGo() {
        held = false;
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** Does the first piece of work that waits. */
    void runOne() {
        waiting.remove().run();
    }

    /** Does the last piece of work that waits. */
    void runLast() {
        waiting.removeLast().run();
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public void execute(Runnable command) {
        if (held) {
            waiting.add(command);
        } else {
            command.run();
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && waiting.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
