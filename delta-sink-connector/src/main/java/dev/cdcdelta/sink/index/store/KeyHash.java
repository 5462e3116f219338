package dev.cdcdelta.sink.index.store;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * What stands for a key in the store: XXH3, 128 bits, of its canonical text. Two of a billion keys share one with a probability of
 * about 1e-21, far below that of a wrong bit in memory, so keys are held equal when their hashes are.
 */
public record KeyHash(long high, long low) {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();

    public static KeyHash of(String canonical) {
        HashValue128 hash = XXH3.hashCharsTo128Bits(canonical);
        return new KeyHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** The bits that choose the page. */
    int slotBits() {
        return (int) low;
    }

    /** Keys of one page are neighbours in this order, before and after it is split. */
    long order() {
        return Integer.toUnsignedLong(Integer.reverse(slotBits()));
    }
}
