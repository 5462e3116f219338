package dev.cdcdelta.admin.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Lines of a terminal, with a history and completion by the tabulator. */
public final class TerminalLines implements Lines {
    private final Terminal terminal;
    private final LineReader reader;

    public TerminalLines(SqlWords words) {
        try {
            terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal cannot be opened", e);
        }
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer((line, parsed, candidates) -> words.candidates(parsed.line(), parsed.word())
                        .forEach(word -> candidates.add(new Candidate(word))))
                .build();
    }

    @Override
    public Optional<String> next(boolean continued) {
        try {
            return Optional.of(reader.readLine(continued ? "   ...> " : "delta> "));
        } catch (EndOfFileException end) {
            return Optional.empty();
        } catch (UserInterruptException interrupt) {
            // As in other shells, Ctrl-C gives the line up.
            return Optional.of(continued ? ";" : "");
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal cannot be closed", e);
        }
    }
}
