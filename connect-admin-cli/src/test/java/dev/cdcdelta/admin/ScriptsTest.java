package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The scripts of the examples ask the CLI for what it has. */
class ScriptsTest {
    private static final Path SCRIPTS =
            Path.of("../examples/scripts").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private Path log;

    /** Stands for the CLI: writes down what it is asked, knows two pipelines, and of one the lag is too large. */
    @BeforeEach
    void cli() throws IOException {
        log = directory.resolve("log");
        Path cli = Files.writeString(directory.resolve("connect-admin-cli"), """
                #!/usr/bin/env bash
                printf '%%s\\n' "$*" >>"%s"
                [[ $* == "names pipelines" ]] && printf 'shop\\nlate\\n'
                [[ $* == *" late "* ]] && exit 1
                exit 0
                """.formatted(log));
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().remove("CONNECT_ADMIN_CLI");
        builder.environment().remove("MONGODB_URI");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).isNotNull();
        return process.waitFor();
    }

    /** What the CLI was asked; each is a command line that it takes. */
    private List<String> asked() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        for (String line : lines) {
            String[] words = line.split(" ");
            CommandLine.ParseResult parsed =
                    ConnectAdminCli.commandLine(java.util.Map.of(), words).parseArgs(words);
            assertThat(parsed.hasSubcommand()).as(line).isTrue();
        }
        return lines;
    }

    @Test
    void createPipelineHandsItsOptionsOn() throws Exception {
        assertThat(run("create-pipeline", "shop", "orders", "--tasks", "4")).isZero();
        assertThat(asked()).containsExactly("pipeline create --database shop --collection orders --tasks 4");
        assertThat(run("create-pipeline", "shop")).isEqualTo(2);
    }

    @Test
    void healthLooksAtEveryPipelineAndFailsIfOneIsLate() throws Exception {
        assertThat(run("health", "5")).isEqualTo(1);
        assertThat(asked())
                .containsExactly(
                        "health", "names pipelines", "pipeline lag shop --max-lag 5", "pipeline lag late --max-lag 5");
    }

    @Test
    void queryListsTablesOrRunsOne() throws Exception {
        assertThat(run("query-deltalake")).isZero();
        assertThat(run("query-deltalake", "SELECT", "-o", "csv")).isZero();
        assertThat(asked()).containsExactly("table list", "query SELECT -o csv");
    }

    @Test
    void reconciliationGetsARunOfItsName() throws Exception {
        assertThat(run("run-reconciliation", "shop", "r1")).isZero();
        assertThat(asked()).containsExactly("connector update shop-reconciliation --set run.id=r1 --wait");
    }

    @Test
    void seedSaysThatItNeedsAnAddress() throws Exception {
        assertThat(run("seed-mongodb")).isNotZero();
        assertThat(log).doesNotExist();
    }
}
