package dev.cdcdelta.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container of the Connect image on the host's network, with a root that cannot be written, as the compose file runs it. */
final class ConnectContainer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String id;

    private ConnectContainer(String id) {
        this.id = id;
    }

    /** How a command in the container ended, and what it printed to both outputs. */
    record Answer(int exitCode, String output) {}

    /** @param mounted seen in the container under the same path, to be read only */
    static ConnectContainer start(String image, Path mounted, String volume, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--network=host",
                "--read-only",
                "--tmpfs=/tmp",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--memory=2g",
                "--volume=" + volume + ":/var/lib/cdcdelta",
                "--volume=" + mounted + ":" + mounted + ":ro"));
        environment.forEach((name, value) -> command.add("--env=" + name + "=" + value));
        command.add(image);
        return new ConnectContainer(docker(command.toArray(String[]::new)).strip());
    }

    void awaitHealthy() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            if (!inspect().at("/State/Running").asBoolean()) {
                throw new IllegalStateException("The container has ended: " + logs());
            }
            return inspect().at("/State/Health/Status").asText().equals("healthy");
        });
    }

    JsonNode inspect() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(docker("inspect", id)).get(0);
    }

    Answer exec(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("exec", id));
        all.addAll(List.of(command));
        return run(all);
    }

    String logs() throws IOException, InterruptedException {
        return run(List.of("logs", "--tail", "100", id)).output();
    }

    void kill() throws IOException, InterruptedException {
        docker("kill", "--signal=KILL", id);
    }

    /** Starts the container that was killed or stopped. */
    void startAgain() throws IOException, InterruptedException {
        docker("start", id);
    }

    /** Ends the worker as an engine does, and returns its exit code. */
    int stop() throws IOException, InterruptedException {
        docker("stop", "--time=60", id);
        return inspect().at("/State/ExitCode").asInt();
    }

    @Override
    public void close() throws IOException {
        try {
            docker("rm", "--force", "--volumes", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "Interrupted while container " + id + " was removed. Remove it: docker rm --force " + id, e);
        }
    }

    static String docker(String... arguments) throws IOException, InterruptedException {
        Answer answer = run(List.of(arguments));
        if (answer.exitCode() != 0) {
            throw new IOException("docker " + String.join(" ", arguments) + " failed: " + answer.output());
        }
        return answer.output();
    }

    private static Answer run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }
}
