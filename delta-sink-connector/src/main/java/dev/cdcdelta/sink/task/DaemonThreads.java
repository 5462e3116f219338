package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.log.LogContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one task, which start with the first work and end a while after the last. What waits is bounded by the number of its tables. */
final class DaemonThreads {
    private static final AtomicInteger POOLS = new AtomicInteger();

    private DaemonThreads() {}

    /** A name that no other thread has. */
    static String name(String role) {
        return "delta-sink-" + role + "-" + POOLS.incrementAndGet();
    }

    /**
     * Threads that log in the name of whoever starts them: of the connector's task, where that is a worker's thread.
     *
     * @param role of the threads, for their names
     */
    static ExecutorService start(String role, int count) {
        String pool = name(role);
        LogContext context = LogContext.current();
        AtomicInteger threads = new AtomicInteger();
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(count, count, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(context.around(work), pool + "-" + threads.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
