package dev.cdcdelta.worker.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.cdcdelta.worker.config.KeyPatterns;
import dev.cdcdelta.worker.config.TokenSettings.ClaimSettings;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the claims of a verified token say. */
record Claims(ClaimSettings settings) {
    Optional<String> principal(JWTClaimsSet claims) {
        return value(claims, settings.principal()) instanceof String name && !name.isBlank()
                ? Optional.of(name)
                : Optional.empty();
    }

    /** The highest. */
    Optional<Role> role(JWTClaimsSet claims) {
        List<String> names = texts(value(claims, settings.roles()));
        if (hasAny(names, settings.names().administrator())) {
            return Optional.of(Role.ADMINISTRATOR);
        }
        if (hasAny(names, settings.names().operator())) {
            return Optional.of(Role.OPERATOR);
        }
        return hasAny(names, settings.names().analyst()) ? Optional.of(Role.ANALYST) : Optional.empty();
    }

    Caller.Scope scope(JWTClaimsSet claims) {
        if (settings.scope().isEmpty()) {
            return new Caller.Scope(KeyPatterns.of(List.of()), true);
        }
        List<String> patterns = texts(value(claims, settings.scope()));
        return new Caller.Scope(KeyPatterns.of(patterns), patterns.contains("*"));
    }

    private static boolean hasAny(List<String> names, Set<String> wanted) {
        return !Collections.disjoint(names, wanted);
    }

    /** A claim may have dots in its own name, as those that are addresses have: the whole name goes first. */
    private static @Nullable Object value(JWTClaimsSet claims, String path) {
        Map<String, Object> all = claims.getClaims();
        if (all.containsKey(path)) {
            return all.get(path);
        }
        Object value = all;
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return Arrays.stream(text.split("\\s+"))
                    .filter(part -> !part.isEmpty())
                    .toList();
        }
        return value instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
