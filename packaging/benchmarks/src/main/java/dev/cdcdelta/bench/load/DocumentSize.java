package dev.cdcdelta.bench.load;

/** How much an order tells. Lengths are of extended JSON, in characters, on average. */
public enum DocumentSize {
    /** About 300: ten scalars. */
    SMALL(10, 0, 24),
    /** About 1,360: twenty-four scalars, an address and three items. */
    MEDIUM(24, 3, 339),
    /** About 3,600: the same with eleven items and a long note. */
    LARGE(24, 11, 1730);

    private final int scalars;
    private final int items;
    private final int noteLength;

    DocumentSize(int scalars, int items, int noteLength) {
        this.scalars = scalars;
        this.items = items;
        this.noteLength = noteLength;
    }

    int scalars() {
        return scalars;
    }

    int items() {
        return items;
    }

    int noteLength() {
        return noteLength;
    }
}
