package dev.cdcdelta.bundle;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CLI as shipped: its launcher finds a JVM and every jar it needs. */
class CommandLineIT {
    private static final String TITLE = "connect-admin-cli-" + Packaged.VERSION;
    private static final Path TAR = Packaged.TARGET.resolve(TITLE + ".tar.gz");

    @TempDir
    static Path directory;

    private static Path installed;

    private record Run(int exitCode, String out, String err) {}

    @BeforeAll
    static void unpack() throws Exception {
        Run tar = run(List.of("tar", "-xzf", TAR.toAbsolutePath().toString(), "-C", directory.toString()));
        assertThat(tar.exitCode()).as(tar.err()).isZero();
        installed = directory.resolve(TITLE);
    }

    private static Run run(List<String> command) throws Exception {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("XDG_CACHE_HOME");
        int code = builder.start().waitFor();
        return new Run(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Run cli(String... arguments) throws Exception {
        return run(Stream.concat(
                        Stream.of(installed.resolve("bin/connect-admin-cli").toString()), Stream.of(arguments))
                .toList());
    }

    @Test
    void launcherRunsTheCommandLineWithTheJarsBesideIt() throws Exception {
        Run run = cli("--help");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("Usage: connect-admin-cli")
                .contains("pipeline", "connector", "apply", "health", "query", "table", "context");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void everyRunIsSilentAboutTheArchiveOfClasses() throws Exception {
        // The first one makes it if no other test has.
        Run first = cli("context", "list");
        Run second = cli("context", "list");

        assertThat(first.err() + second.err()).isEmpty();
        assertThat(second.out()).isEqualTo("context  current  connectUrl  login  warehouse\n");
        try (Stream<Path> archives = Files.list(directory.resolve(".cache/connect-admin-cli"))) {
            assertThat(archives).anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    @Test
    void commandThatReadsATableHasAllItNeeds() throws Exception {
        Run run = cli("query", "SELECT 1 AS one", "--warehouse", "file://" + directory, "-o", "csv");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("one\n1\n");
    }

    @Test
    void noticesNameEveryThirdPartyJar() throws IOException {
        Set<String> named = new TreeSet<>(named("NOTICE"));
        Set<String> own = named("NOTICE-cli");
        assertThat(own).doesNotContainAnyElementsOf(named);
        named.addAll(own);
        try (Stream<Path> jars = Files.list(installed.resolve("lib"))) {
            Set<String> there = jars.filter(jar -> !Packaged.isOurs(jar))
                    .map(jar -> Packaged.artifact(Packaged.name(jar)))
                    .collect(toCollection(TreeSet::new));
            assertThat(named).containsAll(there);
            assertThat(there).containsAll(own);
        }
        for (String licence : List.of("Apache-2.0", "MIT")) {
            assertThat(installed.resolve("doc/licenses/" + licence + ".txt")).isNotEmptyFile();
        }
    }

    private static Set<String> named(String notice) throws IOException {
        try (Stream<String> lines = Files.lines(installed.resolve(notice))) {
            return lines.filter(line -> line.startsWith("  "))
                    .map(String::strip)
                    .collect(toCollection(TreeSet::new));
        }
    }

    @Test
    void checksumIsThatOfTheTar() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(TAR));

        assertThat(Files.readString(TAR.resolveSibling(Packaged.name(TAR) + ".sha512"))
                        .strip())
                .isEqualTo(HexFormat.of().formatHex(digest) + "  " + Packaged.name(TAR));
    }
}
