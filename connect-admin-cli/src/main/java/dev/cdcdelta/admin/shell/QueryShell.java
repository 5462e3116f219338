package dev.cdcdelta.admin.shell;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Reads statements up to their semicolon and runs them. A statement that fails is told, and the next one is read. */
public final class QueryShell {
    private static final String HELP = """
            A statement ends with a semicolon. Besides:
              .tables         the tables of the warehouse
              .help           this text
              .quit           end, like Ctrl-D""";

    private final Lines lines;
    private final Statements statements;
    private final PrintWriter out;

    /** What the shell drives. */
    public interface Statements {
        void run(String sql);

        /** Names of the tables, as statements use them. */
        List<String> tables();

        void failed(RuntimeException failure);
    }

    public QueryShell(Lines lines, Statements statements, PrintWriter out) {
        this.lines = lines;
        this.statements = statements;
        this.out = out;
    }

    /** @return how many statements failed */
    public int run() {
        int failures = 0;
        var statement = new StringBuilder();
        while (true) {
            Optional<String> line = lines.next(!statement.isEmpty());
            if (line.isEmpty()) {
                return statement.toString().isBlank() ? failures : failures + run(statement.toString());
            }
            String text = line.get().strip();
            if (statement.isEmpty() && text.startsWith(".")) {
                if (text.equals(".quit") || text.equals(".exit")) {
                    return failures;
                }
                tell(text);
                continue;
            }
            statement.append(line.get()).append('\n');
            if (isWhole(statement.toString())) {
                failures += run(statement.toString());
                statement.setLength(0);
            } else if (statement.toString().isBlank()) {
                statement.setLength(0);
            }
        }
    }

    private void tell(String command) {
        if (command.equals(".tables")) {
            statements.tables().forEach(out::println);
        } else {
            out.println(HELP);
        }
        out.flush();
    }

    private int run(String sql) {
        try {
            statements.run(sql.strip().replaceFirst(";\\s*$", ""));
            return 0;
        } catch (RuntimeException e) {
            // Whatever it was is told in full; a shell that ends with a mistyped name would be no shell.
            statements.failed(e);
            return 1;
        }
    }

    /** Whether the text ends with a semicolon that is in no string, name or comment. */
    static boolean isWhole(String sql) {
        boolean ends = false;
        for (int i = 0; i < sql.length(); i++) {
            char letter = sql.charAt(i);
            if (letter == '\'' || letter == '"') {
                int close = sql.indexOf(letter, i + 1);
                if (close < 0) {
                    return false;
                }
                i = close;
                ends = false;
            } else if (sql.startsWith("--", i)) {
                int close = sql.indexOf('\n', i);
                if (close < 0) {
                    return ends;
                }
                i = close;
            } else if (letter == ';') {
                ends = true;
            } else if (!Character.isWhitespace(letter)) {
                ends = false;
            }
        }
        return ends;
    }
}
