package dev.cdcdelta.stack;

import dev.cdcdelta.stack.process.ChildProcess;
import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A broker, a Connect worker, a MongoDB and an S3 server, each a process of its own that ends when this one does.
 *
 * <p>{@link #close} stops them; the data stays in the directory, except for the MongoDB stand-in's, which is in memory.
 */
public final class LocalStack implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final StackDirectory directory;
    private final DirectoryLock lock;
    private final Consumer<String> progress;
    private final StackPlan plan;

    /** By the name of the worker. */
    private final Map<String, ProcessSpec> workerSpecs = new LinkedHashMap<>();

    /** By the names of {@link StackDescription#pids}, in the order of their start. */
    private final Map<String, ChildProcess> processes = new LinkedHashMap<>();

    private boolean closed;

    private LocalStack(StackOptions options, StackDirectory directory, DirectoryLock lock, Consumer<String> progress) {
        this.directory = directory;
        this.lock = lock;
        this.progress = progress;
        Installation installation = Installation.find();
        this.plan = StackPlan.of(options, installation, directory.secrets());
        plan.workers().forEach(worker -> workerSpecs.put(worker.name(), worker.process(installation, directory)));
    }

    /** Starts a stack and returns when all of it serves. */
    public static LocalStack start(StackOptions options) {
        return start(options, line -> {});
    }

    /** @param progress told what happens, a line at a time */
    public static LocalStack start(StackOptions options, Consumer<String> progress) {
        StackDirectory directory = new StackDirectory(options.directory());
        DirectoryLock lock = DirectoryLock.acquire(directory);
        LocalStack stack;
        try {
            stack = new LocalStack(options, directory, lock, progress);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            stack.startAll();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Whether a stack runs in the directory, in this process or another. */
    public static boolean isRunning(Path directory) {
        return DirectoryLock.isHeld(new StackDirectory(directory));
    }

    public StackDescription description() {
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("supervisor", ProcessHandle.current().pid());
        synchronized (this) {
            processes.forEach((name, process) -> pids.put(name, process.pid()));
        }
        return plan.addresses().with(pids);
    }

    /** Ends the first worker as kill -9 does. */
    public void killWorker() {
        killWorker(1);
    }

    /** @param number of the worker, from 1 */
    public synchronized void killWorker(int number) {
        child(workerName(number)).kill();
    }

    /** Starts the first worker, which has ended, and returns when it serves. */
    public void startWorker() {
        startWorker(1);
    }

    /** @param number of the worker, from 1 */
    public void startWorker(int number) {
        String name = workerName(number);
        ChildProcess worker;
        synchronized (this) {
            requireOpen();
            if (child(name).isAlive()) {
                return;
            }
            worker = launch(name, workerSpec(name));
        }
        awaitReady(List.of(worker));
        description().write(directory);
    }

    /** Stops the first worker, gracefully if it can, and starts it. */
    public void restartWorker() {
        restartWorker(1);
    }

    /** @param number of the worker, from 1 */
    public void restartWorker(int number) {
        synchronized (this) {
            requireOpen();
            child(workerName(number)).stop(STOP_GRACE);
        }
        startWorker(number);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop(workerSpecs.keySet().stream().filter(processes::containsKey).map(this::child));
        stop(processes.values().stream());
        StackDescription.delete(directory);
        lock.close();
    }

    private void startAll() {
        StackDescription.delete(directory);
        writeSecrets();
        Installation installation = Installation.find();
        synchronized (this) {
            plan.broker().ifPresent(broker -> launch("broker", broker.process(installation, directory)));
            plan.mongodb().ifPresent(mongodb -> launch("mongodb", mongodb.process(installation, directory)));
            plan.objectStore().ifPresent(s3 -> launch("s3", s3.process(installation, directory)));
        }
        awaitReady(List.copyOf(processes.values()));
        List<ChildProcess> workers = new ArrayList<>();
        synchronized (this) {
            requireOpen();
            workerSpecs.forEach((name, spec) -> workers.add(launch(name, spec)));
        }
        awaitReady(workers);
        description().write(directory);
    }

    private static void stop(Stream<ChildProcess> processes) {
        List<Thread> stopping = processes
                .map(process -> new Thread(() -> process.stop(STOP_GRACE), "stop " + process.name()))
                .toList();
        stopping.forEach(Thread::start);
        stopping.forEach(LocalStack::join);
    }

    private void writeSecrets() {
        Map<String, String> secrets = new HashMap<>();
        secrets.put("mongodb.uri", plan.addresses().mongodbUri());
        plan.addresses().s3().ifPresent(s3 -> {
            secrets.put("s3.access.key", s3.accessKey());
            secrets.put("s3.secret.key", s3.secretKey());
        });
        StackDirectory.writeProperties(directory.secrets(), secrets);
    }

    private ChildProcess launch(String name, ProcessSpec spec) {
        ChildProcess process = ChildProcess.start(spec);
        processes.put(name, process);
        process.onExit().thenAccept(ended -> reportExit(name, process));
        progress.accept("starting the " + process.name() + " (pid " + process.pid() + ")");
        return process;
    }

    private void awaitReady(List<ChildProcess> started) {
        long begin = System.nanoTime();
        for (ChildProcess process : started) {
            try {
                process.awaitReady(START_TIMEOUT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("The start of the stack was interrupted.", e);
            }
            progress.accept(String.format("the %s is up (%.1f s)", process.name(), (System.nanoTime() - begin) / 1e9));
        }
    }

    private synchronized void reportExit(String name, ChildProcess process) {
        if (!closed && processes.get(name) == process) {
            String remedy = workerSpecs.containsKey(name)
                    ? ". Start it again with `stack restart-worker --dir " + directory.root() + "`."
                    : ". Stop the stack and start it again.";
            progress.accept("the " + process.name() + " has ended with exit code " + process.exitCode()
                    + "; its log is " + process.log() + remedy);
        }
    }

    private ChildProcess child(String name) {
        ChildProcess process = processes.get(name);
        if (process == null) {
            throw new StackException("The stack has no " + name + ". It is not up yet.");
        }
        return process;
    }

    private String workerName(int number) {
        if (number < 1 || number > plan.workers().size()) {
            throw new StackException("The stack has no worker " + number + "; it has "
                    + plan.workers().size() + ", counted from 1.");
        }
        return plan.workers().get(number - 1).name();
    }

    private ProcessSpec workerSpec(String name) {
        return Objects.requireNonNull(workerSpecs.get(name), name);
    }

    private void requireOpen() {
        if (closed) {
            throw new StackException("The stack has been stopped. Start it again.");
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
