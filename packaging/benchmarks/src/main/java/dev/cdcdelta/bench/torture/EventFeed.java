package dev.cdcdelta.bench.torture;

import dev.cdcdelta.bench.sink.ChangeTopic;
import dev.cdcdelta.bench.workload.Events;
import dev.cdcdelta.stack.process.StackException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes events to their topic in the background, a slice at a time, spread over a while. */
public final class EventFeed implements AutoCloseable {
    private static final int PORTIONS = 25;

    private final Events events;
    private final ChangeTopic topic;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "bench-event-feed"));
    private Future<?> slice;

    public EventFeed(Events events, ChangeTopic topic) {
        this.events = events;
        this.topic = topic;
        this.slice = thread.submit(() -> {});
    }

    /** Begins with the next events once those before are written. */
    public void begin(long count, long spreadMillis) {
        slice = thread.submit(() -> write(count, spreadMillis));
    }

    /** Returns when all that was begun is in the topic. */
    public void await() {
        try {
            slice.get();
        } catch (ExecutionException e) {
            throw new StackException("The events cannot be written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while events were written", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void write(long count, long spreadMillis) {
        long begin = System.nanoTime();
        for (int portion = 1; portion <= PORTIONS; portion++) {
            long until = count * portion / PORTIONS;
            for (long written = count * (portion - 1) / PORTIONS; written < until && events.hasNext(); written++) {
                topic.send(events.next());
            }
            topic.flush();
            pause(begin + spreadMillis * 1_000_000 * portion / PORTIONS);
        }
    }

    private static void pause(long untilNanos) {
        try {
            Thread.sleep(Math.max(0, (untilNanos - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while events were written", e);
        }
    }
}
