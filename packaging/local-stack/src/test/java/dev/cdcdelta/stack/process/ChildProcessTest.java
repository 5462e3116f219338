package dev.cdcdelta.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void nameLog() {
        log = directory.resolve("log");
    }

    @Test
    void endsWhenItsParentIsKilled() throws Exception {
        ChildProcess parent = ChildProcess.start(spec(Programs.Parent.class, Readiness.port(1)));
        await().atMost(Duration.ofSeconds(60)).until(() -> grandchild().isPresent());
        ProcessHandle child = grandchild().orElseThrow();

        parent.kill();

        await().atMost(Duration.ofSeconds(60)).until(() -> !child.isAlive());
    }

    @Test
    void stopsWhenAsked() {
        ChildProcess process = ChildProcess.start(spec(Programs.Sleeper.class, () -> true));
        process.stop(Duration.ofSeconds(60));

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void saysWhatTheLogSaidWhenTheProgramEndsEarly() {
        ChildProcess process = ChildProcess.start(spec(Programs.Failing.class, () -> false));

        assertThatThrownBy(() -> process.awaitReady(Duration.ofSeconds(60)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("ended with exit code 1 before it was up")
                .hasMessageContaining("no such bucket");
    }

    private Optional<ProcessHandle> grandchild() throws IOException {
        return Files.exists(log)
                ? Files.readAllLines(log).stream()
                        .filter(line -> line.startsWith("child "))
                        .map(line -> Long.parseLong(line.substring("child ".length())))
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .findFirst()
                : Optional.empty();
    }

    private ProcessSpec spec(Class<?> program, Readiness readiness) {
        return new ProcessSpec(
                program.getSimpleName(),
                Programs.classpath(),
                List.of("-Xmx64m"),
                new ProcessSpec.Program(program.getName(), List.of()),
                log,
                readiness);
    }
}
