package dev.cdcdelta.sink;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests that ran in a JVM of its own, to its end. */
public record ChildProcess(int exitCode, String output) {
    /** @param jvmOptions such as {@code -Djavax.net.ssl.trustStore=…} */
    public static ChildProcess run(Class<?> program, List<String> jvmOptions, List<String> arguments)
            throws IOException, InterruptedException {
        return run(program, List.of(), jvmOptions, arguments);
    }

    /** @param jars that are on the class path of no other test */
    static ChildProcess run(Class<?> program, List<String> jars, List<String> jvmOptions, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        classPath.addAll(jars);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            return new ChildProcess(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
