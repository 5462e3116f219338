package dev.cdcdelta.admin.table;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Locations on this machine. They are text as the user gave it, not URIs: a space or a percent sign in them is meant as it is. */
public final class LocalPath {
    private static final Pattern SCHEME = Pattern.compile("^file:(//)?(?=/)");

    private LocalPath() {}

    /** The directory of {@code file:///path} or {@code file:/path}; empty for a location elsewhere. */
    public static Optional<Path> of(String location) {
        if (location.startsWith("/")) {
            return Optional.of(Path.of(location));
        }
        return SCHEME.matcher(location).find()
                ? Optional.of(Path.of(SCHEME.matcher(location).replaceFirst("")))
                : Optional.empty();
    }
}
