package dev.cdcdelta.sink.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that ran on a faulty disk, to its end. */
public record FaultyProcess(int exitCode, String output) {
    public static FaultyProcess run(Class<?> program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.nio.file.spi.DefaultFileSystemProvider=" + FaultyFileSystemProvider.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            return new FaultyProcess(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What it said last. */
    public String lastLine() {
        String text = output.stripTrailing();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
