package dev.cdcdelta.worker.config;

import java.util.Set;

/**
 * What connector configurations may hold.
 *
 * @param providers names of config providers that may be referred to
 * @param triggers keys that Operators may change
 */
public record RuleSettings(
        Set<String> providers,
        KeyPatterns denied,
        KeyPatterns allowed,
        Set<String> triggers,
        boolean administratorsExempt) {}
