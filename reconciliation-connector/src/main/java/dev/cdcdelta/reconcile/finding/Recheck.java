package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.reconcile.range.ContentHash;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one suspect, round by round. A round reads the document, passes a barrier, reads the row, and reads the document
 * again: m1, d, m2. The suspect is guilty only where m1 = m2 and d is another in rounds that follow each other and see the same; innocent
 * as soon as d agrees with what the document was before or after; and what keeps changing is hot.
 *
 * <p>Two rounds that see the same rows, by hash and source version, are proof: a row that has not changed up to the second barrier was
 * what the document was when it was read before that. No row at all tells no version: a document that is deleted and comes back
 * between the reads looks the same, so one round more is asked for.
 *
 * @param rows that {@code confirmations} rounds, the last ones, saw
 * @param rounds rounds so far
 */
public record Recheck(Optional<FindingClass> seen, Set<Stamp> rows, int confirmations, int rounds) {
    public static final Recheck NEW = new Recheck(Optional.empty(), Set.of(), 0, 0);
    private static final int NEEDED = 2;
    private static final int NEEDED_WITHOUT_ROW = 3;

    public Recheck {
        rows = Set.copyOf(rows);
    }

    /** What tells a state of a row from others, wherever it is stored. */
    public record Stamp(
            @Nullable ContentHash hash, @Nullable Long sourceMicros, int ordinal) {}

    /** How a suspect stands. */
    public enum State {
        OPEN,
        INNOCENT,
        GUILTY,
        HOT
    }

    /** How the suspect stands after a round, and what is known then. */
    public record Result(State state, Recheck known) {}

    /**
     * One more round.
     *
     * @param before m1
     * @param now d and m2
     */
    public Result after(Optional<ContentHash> before, Sides now, int mostRounds) {
        Optional<FindingClass> difference = now.difference();
        boolean agreesWithBefore = new Sides(before, now.rows()).difference().isEmpty();
        if (difference.isEmpty() || agreesWithBefore) {
            return new Result(State.INNOCENT, this);
        }
        Set<Stamp> stamps = new HashSet<>();
        now.rows().forEach(row -> stamps.add(new Stamp(row.hash(), row.sourceMicros(), row.ordinal())));
        boolean stable = before.equals(now.source());
        boolean same = difference.equals(seen) && stamps.equals(rows);
        int confirmed = !stable ? 0 : same ? confirmations + 1 : 1;
        Recheck next = new Recheck(stable ? difference : Optional.empty(), stamps, confirmed, rounds + 1);
        if (confirmed >= (stamps.isEmpty() ? NEEDED_WITHOUT_ROW : NEEDED)) {
            return new Result(State.GUILTY, next);
        }
        return new Result(next.rounds >= mostRounds ? State.HOT : State.OPEN, next);
    }
}
