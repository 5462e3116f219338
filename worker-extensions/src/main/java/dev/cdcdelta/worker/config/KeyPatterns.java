package dev.cdcdelta.worker.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns in which {@code *} stands for any text. A name matches where one of them does, as a whole. */
public record KeyPatterns(List<Pattern> patterns) {
    public KeyPatterns {
        patterns = List.copyOf(patterns);
    }

    public static KeyPatterns of(Collection<String> globs) {
        return new KeyPatterns(globs.stream().map(KeyPatterns::pattern).toList());
    }

    public boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
