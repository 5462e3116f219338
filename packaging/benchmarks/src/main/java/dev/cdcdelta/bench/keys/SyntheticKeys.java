package dev.cdcdelta.bench.keys;

import dev.cdcdelta.sink.index.store.KeyHash;

/**
 * Keys as their hashes, which are functions of their numbers. Numbers that follow each other are in one part of a store, so that loading them in their
 * order writes each page a few times and not hundreds of times, on a disk that would be written for hours else.
 *
 * @param parts a power of two; of the store, one after the other
 * @param perPart keys of each part
 */
record SyntheticKeys(int parts, long perPart, long seed) {
    SyntheticKeys {
        if (Integer.bitCount(parts) != 1 || perPart < 1) {
            throw new IllegalArgumentException("parts must be a power of two, and a part hold one key at least");
        }
    }

    static SyntheticKeys of(long keys, long seed) {
        // A part is loaded as one batch: as many as fit into a small heap.
        int parts = 1;
        while (keys / parts > 1_000_000) {
            parts *= 2;
        }
        return new SyntheticKeys(parts, Math.max(1, keys / parts), seed);
    }

    long count() {
        return parts * perPart;
    }

    KeyHash at(long number) {
        int part = (int) (number / perPart);
        long random = mixed(seed + number);
        int bits = Integer.numberOfTrailingZeros(parts);
        // A store's pages are chosen by the lowest bits.
        long low = random << bits | part;
        return new KeyHash(mixed(~random), low);
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
