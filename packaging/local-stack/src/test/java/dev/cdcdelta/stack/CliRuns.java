package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.service.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packaged command line tool as a process, whose exit code and both outputs are looked at.
 *
 * @param home of the user, who has configured nothing elsewhere
 * @param scratch where outputs go
 * @param canaries secrets that no output may tell
 */
record CliRuns(Path home, Path scratch, List<String> canaries) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How one run ended. */
    record Run(int exitCode, String out, String err) {
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }
    }

    /** Fails where an output holds a canary. */
    Run run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Installation.find().adminCli().toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(scratch, "out", "");
        Path err = Files.createTempFile(scratch, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        List.of("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "CONNECT_ADMIN_CONTEXT", "CONNECT_URL")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        try {
            int code = builder.start().waitFor();
            Run run = new Run(
                    code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
            canaries.forEach(canary -> assertThat(run.toString()).doesNotContain(canary));
            return run;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
