package dev.cdcdelta.sink.table.kernel;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map whose copies with one entry more, less or changed share the rest: a hash trie. What a commit changes costs by its own
 * size, not by that of the table.
 */
final class PersistentMap<V> extends AbstractMap<String, V> {
    private static final int BITS = 5;

    /** Beyond it two different keys have the same hash: they share a bucket. */
    private static final int DEEPEST = 32;

    private static final PersistentMap<?> EMPTY = new PersistentMap<>(new Branch(0, new Object[0]), 0);

    private final Branch root;
    private final int size;

    private PersistentMap(Branch root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // It holds no value of any type.
    static <V> PersistentMap<V> empty() {
        return (PersistentMap<V>) EMPTY;
    }

    static <V> PersistentMap<V> of(Map<String, V> entries) {
        PersistentMap<V> map = empty();
        for (Map.Entry<String, V> entry : entries.entrySet()) {
            map = map.with(entry.getKey(), entry.getValue());
        }
        return map;
    }

    PersistentMap<V> with(String key, V value) {
        boolean replaces = find(key) != null;
        return new PersistentMap<>(
                put(root, hash(key), 0, new SimpleImmutableEntry<>(key, value)), replaces ? size : size + 1);
    }

    PersistentMap<V> without(String key) {
        return find(key) == null ? this : new PersistentMap<>(remove(root, hash(key), 0, key), size - 1);
    }

    private static int hash(String key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    /** Inner node, its present children in the order of their bits; a child is a Branch, a Bucket or an entry. */
    private record Branch(int bitmap, @Nullable Object[] children) {
        int index(int bit) {
            return Integer.bitCount(bitmap & bit - 1);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Bucket(Entry<?, ?>[] entries) {}

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> shift & (1 << BITS) - 1);
    }

    private static Branch put(Branch branch, int hash, int shift, Entry<String, ?> entry) {
        int bit = bit(hash, shift);
        int index = branch.index(bit);
        @Nullable Object[] children = branch.children();
        if ((branch.bitmap() & bit) == 0) {
            @Nullable Object[] grown = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(children, index, grown, index + 1, children.length - index);
            grown[index] = entry;
            return new Branch(branch.bitmap() | bit, grown);
        }
        @Nullable Object[] changed = children.clone();
        changed[index] = merged(Objects.requireNonNull(children[index]), hash, shift + BITS, entry);
        return new Branch(branch.bitmap(), changed);
    }

    private static Object merged(Object child, int hash, int shift, Entry<String, ?> entry) {
        if (child instanceof Branch branch) {
            return put(branch, hash, shift, entry);
        }
        if (child instanceof Bucket bucket) {
            Entry<?, ?>[] others = Arrays.stream(bucket.entries())
                    .filter(other -> !Objects.equals(other.getKey(), entry.getKey()))
                    .toArray(Entry<?, ?>[]::new);
            Entry<?, ?>[] all = Arrays.copyOf(others, others.length + 1);
            all[others.length] = entry;
            return new Bucket(all);
        }
        Entry<?, ?> present = (Entry<?, ?>) child;
        String key = (String) Objects.requireNonNull(present.getKey());
        if (key.equals(entry.getKey())) {
            return entry;
        }
        if (shift >= DEEPEST) {
            return new Bucket(new Entry<?, ?>[] {present, entry});
        }
        Branch deeper = new Branch(bit(hash(key), shift), new Object[] {present});
        return put(deeper, hash, shift, entry);
    }

    private static Branch remove(Branch branch, int hash, int shift, String key) {
        int bit = bit(hash, shift);
        int index = branch.index(bit);
        @Nullable Object[] children = branch.children();
        Object rest = rest(Objects.requireNonNull(children[index]), hash, shift + BITS, key);
        if (rest != null) {
            @Nullable Object[] changed = children.clone();
            changed[index] = rest;
            return new Branch(branch.bitmap(), changed);
        }
        @Nullable Object[] fewer = new Object[children.length - 1];
        System.arraycopy(children, 0, fewer, 0, index);
        System.arraycopy(children, index + 1, fewer, index, fewer.length - index);
        return new Branch(branch.bitmap() & ~bit, fewer);
    }

    private static @Nullable Object rest(Object child, int hash, int shift, String key) {
        if (child instanceof Branch branch) {
            Branch left = remove(branch, hash, shift, key);
            return left.bitmap() == 0 ? null : left;
        }
        if (child instanceof Bucket bucket) {
            Entry<?, ?>[] others = Arrays.stream(bucket.entries())
                    .filter(other -> !key.equals(other.getKey()))
                    .toArray(Entry<?, ?>[]::new);
            return others.length == 0 ? null : new Bucket(others);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // Every entry came in by with.
    private @Nullable Entry<String, V> find(@Nullable Object key) {
        if (!(key instanceof String text)) {
            return null;
        }
        int hash = hash(text);
        Object node = root;
        for (int shift = 0; node instanceof Branch branch; shift += BITS) {
            int bit = bit(hash, shift);
            node = (branch.bitmap() & bit) == 0 ? null : branch.children()[branch.index(bit)];
        }
        if (node instanceof Bucket bucket) {
            for (Entry<?, ?> entry : bucket.entries()) {
                if (text.equals(entry.getKey())) {
                    return (Entry<String, V>) entry;
                }
            }
            return null;
        }
        Entry<String, V> entry = (Entry<String, V>) node;
        return entry != null && entry.getKey().equals(text) ? entry : null;
    }

    @Override
    @SuppressWarnings("NullAway") // Map's contract; absent is null.
    public @Nullable V get(@Nullable Object key) {
        Entry<String, V> entry = find(key);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Entries<>(root);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static final class Entries<V> implements Iterator<Entry<String, V>> {
        private final Deque<Object> left = new ArrayDeque<>();

        Entries(Branch root) {
            left.push(root);
        }

        @Override
        public boolean hasNext() {
            while (!left.isEmpty() && !(left.peek() instanceof Entry)) {
                Object node = left.pop();
                Object[] children = node instanceof Branch branch ? branch.children() : ((Bucket) node).entries();
                for (int i = children.length - 1; i >= 0; i--) {
                    left.push(children[i]);
                }
            }
            return !left.isEmpty();
        }

        @Override
        @SuppressWarnings("unchecked") // Every entry came in by with.
        public Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return (Entry<String, V>) left.pop();
        }
    }
}
