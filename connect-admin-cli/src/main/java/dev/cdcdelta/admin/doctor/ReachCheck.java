package dev.cdcdelta.admin.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Something answers at all. */
public final class ReachCheck implements Check {
    private final String name;
    private final Supplier<Optional<String>> seen;
    private final String remedy;

    /**
     * A gate.
     *
     * @param seen what has answered; empty if nobody said where to ask; throws if nothing answers
     * @param remedy how to say where to ask
     */
    public ReachCheck(String name, Supplier<Optional<String>> seen, String remedy) {
        this.name = name;
        this.seen = seen;
        this.remedy = remedy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Diagnosis> run() {
        return List.of(seen.get()
                .map(what -> Diagnosis.ok(name, what))
                .orElseGet(() -> Diagnosis.skipped(name, "Nobody has said where it is.", remedy)));
    }
}
