package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Contexts by name.
 *
 * @param current the one to use where none is named
 */
public record Contexts(@Nullable String current, Map<String, ContextValues> byName) {
    public Contexts {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    public Optional<ContextValues> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws CommandException if there is none of this name */
    public ContextValues require(String name) {
        return find(name)
                .orElseThrow(() -> new CommandException(
                        ExitCode.NOT_FOUND,
                        "There is no context '" + name + "'.",
                        byName.isEmpty()
                                ? "There is none at all."
                                : "There are " + String.join(", ", byName.keySet()) + ".",
                        "Name one of 'context list', add it with 'context add', or name a context file by its path."));
    }

    public Contexts using(String name) {
        require(name);
        return new Contexts(name, byName);
    }

    public Contexts with(String name, ContextValues values) {
        Map<String, ContextValues> all = new TreeMap<>(byName);
        all.put(name, values);
        return new Contexts(current == null ? name : current, all);
    }

    /** Nothing is current any more if this was. */
    public Contexts without(String name) {
        require(name);
        Map<String, ContextValues> all = new TreeMap<>(byName);
        all.remove(name);
        return new Contexts(name.equals(current) ? null : current, all);
    }
}
