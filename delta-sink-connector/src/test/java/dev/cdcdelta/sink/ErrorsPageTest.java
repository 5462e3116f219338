package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/reference/errors.md} to what the sources throw: each error has its row, and no row is of an error that is gone. Run with
 * {@code -Derrors.update=true}, appends a row without texts for each error that has none.
 */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");
    private static final List<Path> SOURCES =
            List.of(Path.of("src", "main", "java"), Path.of("..", "schema-evolution-smt", "src", "main", "java"));
    private static final Pattern ROW = Pattern.compile("^\\| `` (.+?) `` \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);

    @Test
    void eachThrownErrorHasItsRow() throws IOException {
        Map<String, String> thrown = thrown();
        assertThat(thrown).as("the sources were not found").hasSizeGreaterThan(30);
        if (Boolean.getBoolean("errors.update")) {
            appendMissing(thrown);
        } else {
            assertThat(rows().keySet())
                    .as("run the test with -Derrors.update=true for rows to fill in")
                    .containsExactlyInAnyOrderElementsOf(thrown.keySet());
        }
    }

    @Test
    void eachRowTellsCauseAndRemedy() throws IOException {
        rows().forEach((error, texts) -> assertThat(texts)
                .as(error)
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("TODO")));
    }

    /** The class that throws, by message. */
    private static Map<String, String> thrown() throws IOException {
        Map<String, String> thrown = new TreeMap<>();
        for (Path sources : SOURCES) {
            ThrownErrors.in(sources).forEach((template, thrower) -> {
                if (!template.equals("…")) {
                    thrown.merge(cell(template), thrower, (one, other) -> one + ", " + other);
                }
            });
        }
        return thrown;
    }

    private static void appendMissing(Map<String, String> thrown) throws IOException {
        Set<String> missing = new TreeSet<>(thrown.keySet());
        missing.removeAll(rows().keySet());
        StringBuilder page = new StringBuilder(Files.readString(PAGE));
        missing.forEach(template -> page.append("| `` ")
                .append(template)
                .append(" `` | TODO ")
                .append(thrown.get(template))
                .append(" | TODO |\n"));
        Files.writeString(PAGE, page);
    }

    /** Cause and remedy by message. */
    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            rows.put(row.group(1), List.of(row.group(2), row.group(3)));
        }
        return rows;
    }

    private static String cell(String template) {
        return template.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
