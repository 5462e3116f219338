package dev.cdcdelta.sink.table.kernel;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which files each of the last steps from version to version touched, as long as that is cheaper to keep than to find out. */
final class ChangeLog {
    private static final int MOST_STEPS = 5_000;
    private static final int MOST_PATHS = 200_000;

    private record Step(long to, Set<String> paths) {}

    /** By the version that each step began from; every step ends where the next one begins. */
    private final TreeMap<Long, Step> steps = new TreeMap<>();

    private int paths;

    void step(long from, long to, Set<String> touched) {
        steps.put(from, new Step(to, touched));
        paths += touched.size();
        while (steps.size() > MOST_STEPS || paths > MOST_PATHS) {
            paths -= steps.pollFirstEntry().getValue().paths().size();
        }
    }

    /** Another table is behind the location, or nothing is known of what happened in between. */
    void clear() {
        steps.clear();
        paths = 0;
    }

    Optional<Set<String>> between(long from, long to) {
        Set<String> touched = new HashSet<>();
        long version = from;
        while (version < to) {
            Map.Entry<Long, Step> step = steps.floorEntry(version);
            if (step == null || step.getKey() != version) {
                return Optional.empty();
            }
            touched.addAll(step.getValue().paths());
            version = step.getValue().to();
        }
        return version == to ? Optional.of(touched) : Optional.empty();
    }

    static Set<String> difference(TableState before, TableState after) {
        Set<String> paths = new HashSet<>();
        before.files().forEach((path, file) -> {
            LiveFile other = after.files().get(path);
            if (other == null
                    || !other.file().deletionVector().equals(file.file().deletionVector())) {
                paths.add(path);
            }
        });
        after.files().keySet().stream()
                .filter(path -> !before.files().containsKey(path))
                .forEach(paths::add);
        return paths;
    }
}
