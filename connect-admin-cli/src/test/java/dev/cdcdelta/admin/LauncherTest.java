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

class LauncherTest {
    private static final Path LAUNCHER = Path.of("src/main/launcher/bin/connect-admin-cli");

    @TempDir
    Path directory;

    private String run(Map<String, String> environment, Path launcher, String... arguments)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", launcher.toString()).redirectErrorStream(true);
        builder.command().addAll(java.util.List.of(arguments));
        builder.environment().put("HOME", directory.toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + output;
    }

    /** A home of Java whose program tells its version and then its arguments. */
    private Path java(String version) throws IOException {
        Path program = directory.resolve("jdk/bin/java");
        Files.createDirectories(program.getParent());
        Files.writeString(program, """
                #!/usr/bin/env bash
                [[ $1 == -XshowSettings* ]] && { echo "    java.specification.version = %s" >&2; exit; }
                printf '%%s\\n' "$@"
                """.formatted(version));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory.resolve("jdk");
    }

    private Path installed() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("in stalled/bin"));
        return Files.copy(LAUNCHER, bin.resolve("connect-admin-cli"));
    }

    @Test
    void argumentsAndOptionsAreHandedOnAndJarsFoundBesideIt() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("cli"), installed());

        String output = run(
                Map.of("JAVA_HOME", java("17").toString(), "JAVA_OPTS", "-Xmx64m -Da=b"),
                link,
                "query",
                "SELECT 'a  b'");

        assertThat(output).startsWith("0\n").endsWith("""
                -Xmx64m
                -Da=b
                -cp
                %s/in stalled/lib/*
                dev.cdcdelta.admin.ConnectAdminCli
                query
                SELECT 'a  b'
                """.formatted(directory.toRealPath()));
        assertThat(output).doesNotContain("native-access");
    }

    @Test
    void newerJavaIsAllowedToLoadTheNativeLibrary() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", java("25").toString()), installed()))
                .contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void olderJavaIsRefusedWithARemedy() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", java("11").toString()), installed()))
                .startsWith("2\n")
                .contains("is Java 11, which is too old.")
                .contains("remedy:  Set JAVA_HOME to a JDK 17 or later.");
    }

    @Test
    void firstRunMakesAnArchiveThatLaterOnesUse() throws Exception {
        Path launcher = installed();
        Path lib = Files.createDirectories(launcher.resolve("../../lib").normalize());
        Files.writeString(lib.resolve("connect-admin-cli-1.jar"), "");
        Path java = java("17");
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"A B\"\nJAVA_VERSION=\"17.0.1\"\n");
        // Stands for a Java that makes the archive.
        Files.writeString(java.resolve("bin/java"), """
                #!/usr/bin/env bash
                for word in "$@"; do [[ $word == -XX:ArchiveClassesAtExit=* ]] && echo archive >"${word#*=}"; done
                printf '%s\\n' "$@"
                """);

        String first = run(Map.of("JAVA_HOME", java.toString()), launcher, "health");
        String second = run(Map.of("JAVA_HOME", java.toString()), launcher, "health");
        String without = run(Map.of("JAVA_HOME", java.toString(), "CONNECT_ADMIN_CACHE", "none"), launcher, "health");

        assertThat(first)
                .isEqualTo(second)
                .containsPattern(
                        "-XX:SharedArchiveFile=.*/.cache/connect-admin-cli/connect-admin-cli-1-17.0.1-AB-.*[.]jsa")
                .contains("lib/connect-admin-cli-1.jar:")
                .doesNotContain("StartUpTraining");
        assertThat(without).doesNotContain("SharedArchiveFile");
        assertThat(directory.resolve(".cache/connect-admin-cli")).isDirectoryContaining("glob:**.jsa");
    }

    @Test
    void archiveThatCannotBeMadeIsDoneWithout() throws Exception {
        Path launcher = installed();
        Path lib = Files.createDirectories(launcher.resolve("../../lib").normalize());
        Files.writeString(lib.resolve("connect-admin-cli-1.jar"), "");

        String run = run(Map.of("JAVA_HOME", java("17").toString()), launcher, "health");

        assertThat(run).startsWith("0\n").endsWith("health\n").doesNotContain("SharedArchiveFile");
        assertThat(directory.resolve(".cache/connect-admin-cli")).isDirectoryContaining("glob:**.jsa.none");
    }

    @Test
    void commandsThatTheArchiveIsMadeOfSucceed() throws Exception {
        assertThat(StartUpTraining.run()).isNotEmpty().containsOnly(0);
    }

    @Test
    void missingJavaIsToldByItsPlace() throws Exception {
        assertThat(run(Map.of("JAVA_HOME", "/nowhere"), installed()))
                .startsWith("2\n")
                .contains("no Java in JAVA_HOME (/nowhere)");
    }
}
