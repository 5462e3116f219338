package dev.cdcdelta.bench.load;

import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Which documents are inserted, changed and deleted, in which order; determined by the seed. Every second event about a deleted document would be an
 * error of MongoDB's, so that a document that is to change and is deleted is inserted again.
 */
public final class ChangePlan {
    private final SplittableRandom random;
    private final int keys;
    private final Skew skew;
    private final int deletesPerHundred;
    private final BitSet dead;
    private int inserted;
    private long sequence;

    /**
     * @param keys how many documents there are once all are inserted
     * @param deletesPerHundred of the changes behind the inserts
     */
    public ChangePlan(long seed, int keys, Skew skew, int deletesPerHundred) {
        this.random = new SplittableRandom(seed);
        this.keys = keys;
        this.skew = skew;
        this.deletesPerHundred = deletesPerHundred;
        this.dead = new BitSet(keys);
    }

    /** Debezium's letters for what happened. */
    public enum Kind {
        INSERT('c'),
        UPDATE('u'),
        DELETE('d');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    /** @param sequence counts all events from 0 */
    public record Change(int key, Kind kind, long sequence) {}

    /** The next insert while there are some left, then the next change. */
    public Change next() {
        if (inserted < keys) {
            return new Change(inserted++, Kind.INSERT, sequence++);
        }
        int key = skew.key(random, keys);
        if (dead.get(key)) {
            dead.clear(key);
            return new Change(key, Kind.INSERT, sequence++);
        }
        if (random.nextInt(100) < deletesPerHundred) {
            dead.set(key);
            return new Change(key, Kind.DELETE, sequence++);
        }
        return new Change(key, Kind.UPDATE, sequence++);
    }

    /** How many documents MongoDB would hold now. */
    public long alive() {
        return inserted - dead.cardinality();
    }
}
