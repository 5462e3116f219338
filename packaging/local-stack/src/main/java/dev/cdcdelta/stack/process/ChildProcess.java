package dev.cdcdelta.stack.process;

import dev.cdcdelta.stack.lifeline.Lifeline;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running Java program. It ends when this process does: its standard input is a pipe that this process holds. */
public final class ChildProcess {
    private static final long POLL_MILLIS = 50;
    private static final int TAIL_LINES = 15;

    private final ProcessSpec spec;
    private final Process process;

    private ChildProcess(ProcessSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    public static ChildProcess start(ProcessSpec spec) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(spec.jvmOptions());
        command.add("-cp");
        command.add(String.join(File.pathSeparator, spec.classpath()));
        command.add(Lifeline.class.getName());
        command.add(spec.program().mainClass());
        command.addAll(spec.program().arguments());
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
                    .start();
            return new ChildProcess(spec, process);
        } catch (IOException e) {
            throw new StackException("The " + spec.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return spec.log();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() {
        return process.exitValue();
    }

    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Returns when the program serves. */
    public void awaitReady(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!spec.readiness().isReady()) {
            if (!process.isAlive()) {
                throw new StackException("The " + name() + " ended with exit code " + exitCode()
                        + " before it was up. The end of its log, " + spec.log() + ":\n" + logTail());
            }
            if (System.nanoTime() > deadline) {
                throw new StackException("The " + name() + " is not up after " + timeout.toSeconds()
                        + " s. The end of its log, " + spec.log() + ":\n" + logTail());
            }
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the program to end, and ends it by force when the time is up. */
    public void stop(Duration grace) {
        process.destroy();
        if (!awaitExit(grace)) {
            kill();
        }
    }

    /** Ends the program as kill -9 does, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    private boolean awaitExit(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String logTail() {
        try {
            List<String> lines =
                    Files.readString(spec.log(), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(not readable: " + e.getMessage() + ")";
        }
    }
}
