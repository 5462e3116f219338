package dev.cdcdelta.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.admin.failure.CommandException;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryShellTest implements QueryShell.Statements {
    private final List<String> run = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final StringWriter out = new StringWriter();

    @Override
    public void run(String sql) {
        run.add(sql);
        if (sql.contains("bad")) {
            throw CommandException.usage("no", "yes");
        }
    }

    @Override
    public List<String> tables() {
        return List.of("shop.orders", "shop.users");
    }

    @Override
    public void failed(RuntimeException failure) {
        failures.add(String.valueOf(failure.getMessage()));
    }

    private int typed(String text) {
        StreamLines lines = new StreamLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new QueryShell(lines, this, new PrintWriter(out)).run();
    }

    @Test
    void aStatementEndsWithItsSemicolonAndTheLastOneWithTheText() {
        assertThat(typed("SELECT 1;\n\nSELECT\n 2 ;\nSELECT 3")).isZero();
        assertThat(run).containsExactly("SELECT 1", "SELECT\n 2 ", "SELECT 3");
    }

    @Test
    void semicolonsInStringsNamesAndCommentsEndNothing() {
        typed("SELECT ';\n' AS \"a;\" -- so;\n;\nSELECT 2 -- ; no\n;");
        assertThat(run).hasSize(2);
        assertThat(run.get(0)).startsWith("SELECT ';\n'");
    }

    @Test
    void aStatementThatFailsIsToldAndTheNextIsRun() {
        assertThat(typed("bad;\nSELECT 2;")).isEqualTo(1);
        assertThat(failures).containsExactly("no");
        assertThat(run).hasSize(2);
    }

    @Test
    void commandsOfTheShellAreNoStatements() {
        assertThat(typed(".tables\n.help\n.quit\nSELECT 1;")).isZero();
        assertThat(run).isEmpty();
        assertThat(out.toString()).startsWith("shop.orders\nshop.users\n").contains(".quit");
    }

    @Test
    void wordsAreTablesKeywordsAndColumnsOfTheTablesThatAreNamed() {
        SqlWords words =
                new SqlWords(this::tables, table -> table.equals("shop.orders") ? List.of("city") : List.of("name"));

        assertThat(words.candidates("", "sel")).containsExactly("SELECT");
        assertThat(words.candidates("SELECT * FROM ", "shop.")).containsExactly("shop.orders", "shop.users");
        assertThat(words.candidates("FROM shop.orders WHERE ", "ci")).containsExactly("city");
        assertThat(words.candidates("FROM shop.users WHERE ", "ci")).isEmpty();
    }
}
