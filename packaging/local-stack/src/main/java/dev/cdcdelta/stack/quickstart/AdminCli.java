package dev.cdcdelta.stack.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The packaged command line tool, run as a user runs it.
 *
 * @param context the stack's {@code stack.json}
 * @param cache where copies of data files go
 */
public record AdminCli(Path executable, Path context, Path cache) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Shows its output. */
    public void run(String... arguments) {
        finish(start(ProcessBuilder.Redirect.INHERIT, arguments), arguments);
    }

    /** Its output with {@code --output json}, an array of objects, an object at a time. */
    public void rows(Consumer<JsonNode> consumer, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--output");
        all.add("json");
        String[] withFormat = all.toArray(String[]::new);
        Process process = start(ProcessBuilder.Redirect.PIPE, withFormat);
        try (MappingIterator<JsonNode> rows = JSON.readerFor(JsonNode.class).readValues(process.getInputStream())) {
            rows.forEachRemaining(consumer);
        } catch (IOException e) {
            process.destroy();
            throw new StackException("The output of " + shown(withFormat) + " cannot be read: " + e.getMessage(), e);
        }
        finish(process, withFormat);
    }

    /** Rows of a SELECT. */
    public void query(String sql, Consumer<JsonNode> consumer) {
        rows(consumer, "query", "--cache-dir", cache.toString(), sql);
    }

    private Process start(ProcessBuilder.Redirect output, String... arguments) {
        if (!Files.isExecutable(executable)) {
            throw new StackException("The admin CLI is not built: " + executable
                    + " is missing. Run `mvn -Dquick -DskipTests package` at the root of the project.");
        }
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CONNECT_ADMIN_CONTEXT", context.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StackException("The admin CLI " + executable + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static void finish(Process process, String... arguments) {
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new StackException(
                        shown(arguments) + " failed with exit code " + exitCode + "; its message is above.");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new StackException(shown(arguments) + " was interrupted.", e);
        }
    }

    private static String shown(String... arguments) {
        return "connect-admin-cli " + String.join(" ", arguments);
    }
}
