package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @TempDir
    Path directory;

    /** What bash would offer behind these words, by the script that the program prints. */
    private String offered(String... words) throws IOException, InterruptedException {
        Path script = Files.writeString(
                directory.resolve("completion"), CliRun.of("completion", "bash").out());
        // Stands for the program, which the script asks for names.
        Path program = Files.writeString(directory.resolve("connect-admin-cli"), """
                #!/usr/bin/env bash
                [[ "$*" == "names connectors" ]] && printf '%s\\n' shop-sink shop-source
                [[ "$*" == "names contexts" ]] && printf '%s\\n' prod
                exit 0
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        StringBuilder line = new StringBuilder("source \"$1\"; COMP_WORDS=(\"$2\"");
        for (String word : words) {
            line.append(" '").append(word).append("'");
        }
        line.append("); COMP_CWORD=").append(words.length);
        line.append("; _complete_connect-admin-cli; printf '%s\\n' \"${COMPREPLY[@]}\"");
        Process bash = new ProcessBuilder("bash", "-c", line.toString(), "bash", script.toString(), program.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(offered("pipe").lines()).contains("pipeline");
        assertThat(offered("context", "").lines()).contains("add", "use", "list");
        assertThat(offered("health", "--out").lines()).contains("--output");
    }

    @Test
    void bashCompletesNamesThatTheProgramTells() throws Exception {
        assertThat(offered("context", "use", "").lines()).contains("prod");
        assertThat(offered("health", "--context", "").lines()).contains("prod");
    }

    @Test
    void zshGetsTheBridgeToBash() {
        assertThat(CliRun.of("completion", "zsh").out()).startsWith("autoload -U +X compinit && compinit\n");
    }

    @Test
    void namesAreThoseOfTheClusterAndNoneWhereNobodyAnswers() throws IOException {
        try (FakeConnect connect = new FakeConnect()) {
            connect.answer("GET /connectors", 200, "[\"b\",\"a\"]");

            assertThat(CliRun.of("names", "connectors", "--connect", connect.url())
                            .out())
                    .isEqualTo("a\nb\n");
            assertThat(CliRun.of("names", "plugins", "--connect", connect.url()).out())
                    .contains("dev.cdcdelta.sink.DeltaSinkConnector\n");
        }
        CliRun nobody = CliRun.with(Map.of("CONNECT_URL", "http://127.0.0.1:1"), "names", "connectors");
        assertThat(nobody.out() + nobody.err()).isEmpty();
        assertThat(nobody.exitCode()).isEqualTo(3);
    }
}
