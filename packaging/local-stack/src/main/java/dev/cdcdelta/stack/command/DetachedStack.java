package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs {@code stack up} as a process of its own, shows what it says while it starts, and leaves it when it is up. */
final class DetachedStack {
    private static final long POLL_MILLIS = 200;

    private DetachedStack() {}

    static int start(StackDirectory directory, List<String> arguments, Consumer<String> output)
            throws InterruptedException {
        Path log = directory.log("supervisor");
        Process supervisor = launch(arguments, log);
        Thread endHalfStarted = new Thread(supervisor::destroy, "end-half-started-stack");
        Runtime.getRuntime().addShutdownHook(endHalfStarted);
        int shown = 0;
        boolean up = false;
        while (!up && supervisor.isAlive()) {
            supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            up = lines(log).stream().anyMatch(line -> line.startsWith("  stack down --dir"));
            shown = show(log, shown, output);
        }
        Runtime.getRuntime().removeShutdownHook(endHalfStarted);
        show(log, shown, output);
        return up ? 0 : 1;
    }

    private static Process launch(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StackMain.class.getName()));
        command.addAll(arguments);
        try {
            StackDirectory.createDirectories(log.resolveSibling(""));
            return new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new StackException("The stack cannot be started: " + e.getMessage(), e);
        }
    }

    private static int show(Path log, int shown, Consumer<String> output) {
        List<String> lines = lines(log);
        lines.subList(Math.min(shown, lines.size()), lines.size()).forEach(output);
        return lines.size();
    }

    /** Whole lines only. */
    private static List<String> lines(Path log) {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new StackException("The supervisor's log " + log + " cannot be read: " + e, e);
        }
    }
}
