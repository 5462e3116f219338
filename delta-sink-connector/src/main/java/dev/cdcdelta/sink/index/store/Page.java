package dev.cdcdelta.sink.index.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One page of entries in memory. Header: checksum of what follows up to the last entry, the page's number, the low hash bits that its
 * keys share, how many bits those are, and the number of entries. So a page tells damage, and a directory that leads to it wrongly.
 */
final class Page {
    static final int BYTES = 4096;
    static final int HEADER = 16;
    static final int ENTRY = 40;
    static final int CAPACITY = (BYTES - HEADER) / ENTRY;

    private static final int NUMBER = 4;
    private static final int PREFIX = 8;
    private static final int DEPTH = 12;
    private static final int COUNT = 14;
    private static final int LOW = 8;
    private static final int TIME = 16;
    private static final int FILE = 24;
    private static final int POSITION = 28;
    private static final int ORDINAL = 32;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();

    /** Entries that differ from the stored page. */
    final BitSet changed = new BitSet(CAPACITY);

    boolean headerChanged;

    /** To be filled from the file. */
    ByteBuffer buffer() {
        return bytes.clear();
    }

    void begin(int number, int prefix, int depth) {
        bytes.putInt(NUMBER, number).putInt(PREFIX, prefix).put(DEPTH, (byte) depth);
        bytes.putShort(COUNT, (short) 0);
        changed.clear();
        headerChanged = true;
    }

    void check(int expectedNumber, int slotBits) throws DamagedStoreException {
        changed.clear();
        headerChanged = false;
        int depth = depth();
        if (count() < 0 || count() > CAPACITY || depth < 0 || depth > Integer.SIZE || checksum() != bytes.getInt(0)) {
            throw new DamagedStoreException("page " + expectedNumber + " is damaged: its checksum is wrong");
        }
        if (number() != expectedNumber || ((slotBits ^ prefix()) & mask(depth)) != 0) {
            throw new DamagedStoreException("the directory leads to a wrong page, " + expectedNumber);
        }
    }

    static int mask(int depth) {
        return (int) ((1L << depth) - 1);
    }

    int number() {
        return bytes.getInt(NUMBER);
    }

    int prefix() {
        return bytes.getInt(PREFIX);
    }

    int depth() {
        return bytes.get(DEPTH);
    }

    int count() {
        return bytes.getShort(COUNT);
    }

    int usedBytes() {
        return HEADER + count() * ENTRY;
    }

    int find(KeyHash key) {
        int count = count();
        for (int i = 0, at = HEADER; i < count; i++, at += ENTRY) {
            if (bytes.getLong(at) == key.high() && bytes.getLong(at + LOW) == key.low()) {
                return i;
            }
        }
        return -1;
    }

    KeyHash key(int index) {
        int at = HEADER + index * ENTRY;
        return new KeyHash(bytes.getLong(at), bytes.getLong(at + LOW));
    }

    Entry entry(int index) {
        int at = HEADER + index * ENTRY;
        return new Entry(
                bytes.getInt(at + FILE),
                Integer.toUnsignedLong(bytes.getInt(at + POSITION)),
                bytes.getLong(at + TIME),
                bytes.getInt(at + ORDINAL));
    }

    @Nullable
    Entry get(KeyHash key) {
        int index = find(key);
        return index < 0 ? null : entry(index);
    }

    void set(int index, KeyHash key, Entry entry) {
        int at = HEADER + index * ENTRY;
        bytes.putLong(at, key.high()).putLong(at + LOW, key.low());
        bytes.putLong(at + TIME, entry.timeMillis()).putInt(at + FILE, entry.file());
        bytes.putInt(at + POSITION, (int) entry.position()).putInt(at + ORDINAL, entry.ordinal());
        bytes.putInt(at + ORDINAL + Integer.BYTES, 0);
        changed.set(index);
        headerChanged = true;
    }

    void append(KeyHash key, Entry entry) {
        int count = count();
        bytes.putShort(COUNT, (short) (count + 1));
        set(count, key, entry);
    }

    /** The last entry takes the place of the removed one. */
    void remove(int index) {
        int last = count() - 1;
        if (index != last) {
            set(index, key(last), entry(last));
        }
        bytes.putShort(COUNT, (short) last);
        changed.clear(last);
        headerChanged = true;
    }

    /** @return how many entries went */
    int removeIf(Predicate<Entry> garbage) {
        int before = count();
        for (int i = before - 1; i >= 0; i--) {
            if (garbage.test(entry(i))) {
                remove(i);
            }
        }
        return before - count();
    }

    /** Moves the keys whose next hash bit is set to {@code other}. */
    void split(Page other, int otherNumber) {
        int depth = depth();
        other.begin(otherNumber, prefix() | 1 << depth, depth + 1);
        bytes.put(DEPTH, (byte) (depth + 1));
        for (int i = count() - 1; i >= 0; i--) {
            KeyHash key = key(i);
            if ((key.slotBits() >>> depth & 1) != 0) {
                other.append(key, entry(i));
                remove(i);
            }
        }
        headerChanged = true;
    }

    void seal() {
        bytes.putInt(0, checksum());
    }

    ByteBuffer slice(int from, int length) {
        return bytes.duplicate().limit(from + length).position(from);
    }

    private int checksum() {
        checksum.reset();
        checksum.update(slice(NUMBER, usedBytes() - NUMBER));
        return (int) checksum.getValue();
    }
}
