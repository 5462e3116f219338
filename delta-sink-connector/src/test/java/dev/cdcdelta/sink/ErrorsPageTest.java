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

/** Holds {@code docs/reference/errors.md} to what the sources throw: each error has its row, and no row is of an error that is gone. */
class ErrorsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");
    private static final List<Path> SOURCES =
            List.of(Path.of("src", "main", "java"), Path.of("..", "schema-evolution-smt", "src", "main", "java"));
    private static final Pattern ROW = Pattern.compile("^\\| `` (.+?) `` \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);

    @Test
    void eachThrownErrorHasItsRow() throws IOException {
        Set<String> thrown = new TreeSet<>();
        for (Path sources : SOURCES) {
            for (Map.Entry<String, String> error : ThrownErrors.in(sources).entrySet()) {
                if (!error.getKey().equals("…")) {
                    thrown.add(cell(error.getKey()));
                }
            }
        }
        assertThat(thrown).as("the sources were not found").hasSizeGreaterThan(30);
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(thrown);
    }

    @Test
    void eachRowTellsCauseAndRemedy() throws IOException {
        rows().forEach((error, texts) -> assertThat(texts)
                .as(error)
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("TODO")));
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
