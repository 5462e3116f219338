package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.finding.UnverifiableException;
import java.util.Map;
import java.util.function.Supplier;

/** Whether a collection is still the one that the plan was made of, by the identity that MongoDB gave it. */
record SameCollection(String name, String identity, Supplier<Map<String, String>> identities) implements Runnable {
    /** @throws UnverifiableException saying what has become of it */
    @Override
    public void run() {
        Map<String, String> now = identities.get();
        String found = now.get(name);
        if (identity.equals(found)) {
            return;
        }
        String last =
                "The rows of its table are left as they are. Begin a new run for the collections that there are now";
        if (found != null) {
            throw new UnverifiableException("The collection " + name
                    + " was dropped and created anew while the run was under way; the table may hold rows of the old one. "
                    + last);
        }
        String renamed = now.entrySet().stream()
                .filter(each -> !identity.isEmpty() && each.getValue().equals(identity))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        throw new UnverifiableException(
                renamed.isEmpty()
                        ? "The collection " + name + " was dropped while the run was under way. " + last
                        : "The collection " + name + " was renamed to " + renamed + " while the run was under way. "
                                + last);
    }
}
