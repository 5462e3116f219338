package dev.cdcdelta.bench.keys;

/**
 * How much is measured.
 *
 * @param small keys of the small index
 * @param large keys of the large one
 * @param batch keys that are looked up and replaced at a time
 * @param rounds batches of each index that count
 */
public record KeySizes(long small, long large, int batch, int rounds, long seed) {
    public KeySizes {
        if (small < 1 || large < 2 || batch < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "A small index needs a key, a large one two, and a batch and a round one");
        }
    }
}
