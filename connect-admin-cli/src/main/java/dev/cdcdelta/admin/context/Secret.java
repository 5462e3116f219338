package dev.cdcdelta.admin.context;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that no log, message or report shows. It is fetched when it is first asked for: most commands need few of them. */
public final class Secret {
    private final Supplier<String> source;
    private @Nullable String value;

    public Secret(String value) {
        this(() -> value);
    }

    Secret(Supplier<String> source) {
        this.source = source;
    }

    /** @throws dev.cdcdelta.admin.failure.CommandException if its file, variable or command does not give it */
    public synchronized String value() {
        String known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "***";
    }
}
