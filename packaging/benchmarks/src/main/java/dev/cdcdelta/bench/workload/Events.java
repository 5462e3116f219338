package dev.cdcdelta.bench.workload;

import java.util.SplittableRandom;

/** The events of a workload, one after the other, and the state that they lead to. */
public final class Events {
    private static final int HOT_KEYS = 10;

    private final Workload workload;
    private final SplittableRandom random;
    private final ExpectedState state;
    private long told;
    private long sequence;

    public Events(Workload workload) {
        this.workload = workload;
        this.random = new SplittableRandom(workload.seed());
        this.state = new ExpectedState(workload.keys());
    }

    public boolean hasNext() {
        return told < workload.events();
    }

    public Event next() {
        Event event = choose();
        told++;
        state.apply(event);
        return event;
    }

    /** After the events told so far. */
    public ExpectedState state() {
        return state;
    }

    private Event choose() {
        int key = key();
        if (random.nextInt(1_000) < workload.latePerThousand() && !state.isUnknown(key)) {
            return again(key);
        }
        sequence++;
        if (state.isLive(key)) {
            return new Event(sequence, key, chance(15) ? Operation.DELETE : Operation.UPDATE);
        }
        return new Event(sequence, key, told * 20 < workload.events() ? Operation.SNAPSHOT : Operation.INSERT);
    }

    private int key() {
        boolean hot = chance(10);
        return random.nextInt(hot ? Math.min(HOT_KEYS, workload.keys()) : workload.keys());
    }

    /** The newest event of a document a second time, or one that should have come before it. */
    private Event again(int key) {
        long newest = state.sequence(key);
        if (newest == 1 || chance(50)) {
            return new Event(newest, key, state.isLive(key) ? Operation.UPDATE : Operation.DELETE);
        }
        return new Event(1 + random.nextLong(newest - 1), key, chance(15) ? Operation.DELETE : Operation.UPDATE);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
