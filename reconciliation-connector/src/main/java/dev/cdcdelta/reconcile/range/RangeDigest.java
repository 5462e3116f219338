package dev.cdcdelta.reconcile.range;

/**
 * What a side holds of a range: how many documents, and the sum of their hashes modulo 2^128. A sum and no XOR, in which a row that is
 * there twice would cancel itself. Not for several threads.
 */
public final class RangeDigest {
    private long count;
    private long high;
    private long low;

    public void add(ContentHash hash) {
        count++;
        long sum = low + hash.low();
        high += hash.high() + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
    }

    /** Adds all that another one holds. */
    public void addAll(RangeDigest other) {
        long before = count;
        add(new ContentHash(other.high, other.low));
        count = before + other.count;
    }

    /** A row without a hash, which no document is equal to. */
    public void addForeign() {
        add(new ContentHash(0, 1));
    }

    public long count() {
        return count;
    }

    public boolean matches(RangeDigest other) {
        return count == other.count && high == other.high && low == other.low;
    }

    @Override
    public String toString() {
        return count + " documents, " + new ContentHash(high, low);
    }
}
