package dev.cdcdelta.worker.access;

import dev.cdcdelta.worker.route.Content;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Which keys a request changes. */
public final class ChangedKeys {
    private ChangedKeys() {}

    /** @param before the connector's configuration so far; empty where it has none, or it is not known */
    public static TreeSet<String> of(Content content, Map<String, String> before, Map<String, String> sent) {
        TreeSet<String> changed = new TreeSet<>();
        sent.forEach((key, value) -> {
            if (!Objects.equals(before.get(key), value)) {
                changed.add(key);
            }
        });
        if (content == Content.CONFIGURATION) {
            before.keySet().stream().filter(key -> !sent.containsKey(key)).forEach(changed::add);
            // Connect adds it where it is left out.
            if (!sent.containsKey("name")) {
                changed.remove("name");
            }
        }
        return changed;
    }
}
