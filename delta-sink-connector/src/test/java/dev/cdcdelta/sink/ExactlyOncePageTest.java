package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/explanation/exactly-once.md} to the tests: what proves a claim there must exist. */
class ExactlyOncePageTest {
    private static final Path PAGE = Path.of("..", "docs", "explanation", "exactly-once.md");
    private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        int proofs = 0;
        Matcher proof = PROOF.matcher(Files.readString(PAGE));
        while (proof.find()) {
            proofs++;
            // Between the annotation and the method there is no other method.
            Pattern method = Pattern.compile(
                    "@(?:Test|ParameterizedTest)\\b(?:(?!\\bvoid\\b).)*\\bvoid " + proof.group(2) + "\\(",
                    Pattern.DOTALL);
            if (!method.matcher(sources.getOrDefault(proof.group(1), "")).find()) {
                missing.add(proof.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(proofs).isGreaterThan(25);
    }

    @Test
    void noClaimIsLeftWithoutItsProof() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).doesNotContain("{{");
        assertThat(page.lines()
                        .filter(line -> line.startsWith("|") && !line.startsWith("|---") && !line.contains("Proven by"))
                        .filter(row -> !PROOF.matcher(row).find()))
                .as("rows of tables that name no test")
                .isEmpty();
    }

    /** The text of each test class of the project, by its name. */
    private static Map<String, String> testSources() throws IOException {
        List<Path> roots = List.of(
                Path.of("src", "test", "java"), Path.of("..", "packaging", "local-stack", "src", "test", "java"));
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> tree = Files.walk(root)) {
                tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        Map<String, String> sources = files.stream()
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        ExactlyOncePageTest::read,
                        (one, other) -> one + other));
        assertThat(sources).hasSizeGreaterThan(50);
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
