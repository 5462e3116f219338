package dev.cdcdelta.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The CLI as packaged: its launcher finds a JVM and every jar it needs. */
class CommandLineIT {

    @Test
    void launcherRunsTheCommandLineWithTheJarsBesideIt() throws Exception {
        Path launcher = Packaged.TARGET.resolve("connect-admin-cli/bin/connect-admin-cli");
        Process process = new ProcessBuilder(launcher.toAbsolutePath().toString(), "--help")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).startsWith("Usage: connect-admin-cli").contains("pipeline", "health", "query", "table");
    }
}
