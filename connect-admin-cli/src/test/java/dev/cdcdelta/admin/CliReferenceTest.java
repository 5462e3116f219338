package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CliReferenceTest {
    @Test
    void referencePageSaysWhatTheCommandsSay() throws IOException {
        Golden.verify(Path.of("../docs/reference/cli.md"), CliReference.markdown());
    }

    @Test
    void programWithoutArgumentsShowsItsUsage() throws IOException {
        CliRun run = CliRun.of();

        assertThat(run.exitCode()).isZero();
        Golden.verify(Golden.file("usage.txt"), run.out());
    }

    @Test
    void everyCommandHasHelp() {
        CliRun run = CliRun.of("pipeline", "create", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--collection=NAME").contains("--dry-run");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void versionIsShown() {
        assertThat(CliRun.of("--version").out()).startsWith("connect-admin-cli ");
    }
}
