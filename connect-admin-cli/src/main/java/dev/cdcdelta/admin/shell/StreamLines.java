package dev.cdcdelta.admin.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a file or a pipe. */
public final class StreamLines implements Lines {
    private final BufferedReader reader;

    public StreamLines(InputStream in) {
        reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> next(boolean continued) {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("The statements cannot be read", e);
        }
    }

    /** Whoever gave the stream closes it. */
    @Override
    public void close() {}
}
