package dev.cdcdelta.sink;

import dev.cdcdelta.sink.merge.Committer;
import java.util.Random;

/** A writer dies, in the midst of what it does. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Commits, of which one in twelve dies before it has happened, and one after. */
    static Committer around(Random random) {
        return (table, commit) -> {
            int fate = random.nextInt(12);
            if (fate == 0) {
                throw new Crash();
            }
            var snapshot = table.commit(commit);
            if (fate == 1) {
                throw new Crash();
            }
            return snapshot;
        };
    }

    /** Whoever should have ended long ago goes on; he may die as well. */
    static void letLinger(Runnable zombie) {
        try {
            zombie.run();
        } catch (Crash crash) {
            return;
        }
    }
}
