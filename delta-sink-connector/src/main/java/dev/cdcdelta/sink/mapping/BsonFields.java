package dev.cdcdelta.sink.mapping;

import java.util.Arrays;

/**
 * Where the fields of the documents stand that are under way, an inner one's behind its outer one's, and their order by name, in UTF-16
 * units as {@link String} compares. Not for several threads.
 */
final class BsonFields {
    private static final int FIRST = 64;

    /** Sorted by insertion up to here: most documents have few fields, and those in an order that comes again. */
    private static final int FEW = 48;

    /** The first bytes in UTF-8 of what UTF-16 puts behind the characters that take two of its units, though their numbers are smaller. */
    private static final int LATE = 0xEE;

    private static final int FOUR_BYTES = 0xF0;

    private int[] elements = new int[FIRST];
    private int[] values = new int[FIRST];
    private int size;

    /** Where a document's fields begin here. */
    int open() {
        return size;
    }

    void close(int base) {
        size = base;
    }

    /**
     * The next field.
     *
     * @param element where its type stands, before its name
     * @param value behind the name
     */
    void add(int element, int value) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        elements[size] = element;
        values[size++] = value;
    }

    int element(int base, int index) {
        return elements[base + index];
    }

    int value(int base, int index) {
        return values[base + index];
    }

    /** Puts the fields from {@code base} on into order; of those that have one name, the last counts. @return how many there are */
    int sorted(byte[] bson, int base) {
        if (size - base > FEW) {
            sortMany(bson, base);
        } else {
            sortFew(bson, base);
        }
        int kept = base;
        for (int i = base; i < size; i++) {
            if (i + 1 == size || compare(bson, i, i + 1) != 0) {
                elements[kept] = elements[i];
                values[kept++] = values[i];
            }
        }
        size = kept;
        return kept - base;
    }

    private void sortFew(byte[] bson, int base) {
        for (int i = base + 1; i < size; i++) {
            int element = elements[i];
            int value = values[i];
            int to = i;
            while (to > base && names(bson, elements[to - 1] + 1, element + 1) > 0) {
                elements[to] = elements[to - 1];
                values[to] = values[to - 1];
                to--;
            }
            elements[to] = element;
            values[to] = value;
        }
    }

    private void sortMany(byte[] bson, int base) {
        Integer[] order = new Integer[size - base];
        Arrays.setAll(order, i -> base + i);
        Arrays.sort(order, (left, right) -> compare(bson, left, right));
        int[] sortedElements = new int[order.length];
        int[] sortedValues = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            sortedElements[i] = elements[order[i]];
            sortedValues[i] = values[order[i]];
        }
        System.arraycopy(sortedElements, 0, elements, base, order.length);
        System.arraycopy(sortedValues, 0, values, base, order.length);
    }

    private int compare(byte[] bson, int left, int right) {
        return names(bson, elements[left] + 1, elements[right] + 1);
    }

    /** Names end with a zero, which is less than all that may stand in them. */
    private static int names(byte[] bson, int left, int right) {
        int i = 0;
        while (bson[left + i] == bson[right + i]) {
            if (bson[left + i] == 0) {
                return 0;
            }
            i++;
        }
        int one = bson[left + i] & 0xff;
        int other = bson[right + i] & 0xff;
        boolean swapped = one >= FOUR_BYTES != other >= FOUR_BYTES && Math.min(one, other) >= LATE;
        return swapped ? Integer.compare(other, one) : Integer.compare(one, other);
    }
}
