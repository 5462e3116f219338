package dev.cdcdelta.admin.shell;

import java.util.Optional;

/** Where lines come from. */
public interface Lines extends AutoCloseable {
    /**
     * The next line; empty at the end.
     *
     * @param continued whether it goes on with a statement
     */
    Optional<String> next(boolean continued);

    @Override
    void close();
}
