package dev.cdcdelta.bench.load;

import java.util.SplittableRandom;

/**
 * Orders of a shop as Debezium writes them, extended JSON of version 1. A document is a function of seed, key and sequence number.
 *
 * <p>The text is made for the inside of a JSON string, its quotation marks escaped, so that a topic is filled faster than any sink
 * reads it.
 */
final class OrderText {
    private static final String QUOTE = "\\\"";
    private static final String[] STATES = {"received", "packed", "shipped", "returned"};
    private static final String[] CHANNELS = {"web", "app", "store"};
    private static final long FIRST_MILLISECOND = 1_700_000_000_000L;
    private static final long FIRST_SECOND = 1_700_000_000L;
    private static final int DOCUMENTS_PER_SECOND = 1_000;
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int LETTER_BITS = 5;
    private static final int LETTERS_OF_LONG = 12;

    private final long seed;
    private final DocumentSize size;

    OrderText(long seed, DocumentSize size) {
        this.seed = seed;
        this.size = size;
    }

    /** An ObjectId that grows with the key, as those of a driver grow with time. */
    static void appendId(StringBuilder out, int key) {
        hex(out, FIRST_SECOND + key / DOCUMENTS_PER_SECOND, 8);
        out.append("c0ffee0042");
        hex(out, key & 0xFFFFFF, 6);
    }

    /** The document with the state that the event of that number gives it. */
    void append(StringBuilder out, int key, long sequence) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + sequence);
        out.append('{');
        name(out, "_id")
                .append("{")
                .append(QUOTE)
                .append("$oid")
                .append(QUOTE)
                .append(": ")
                .append(QUOTE);
        appendId(out, key);
        out.append(QUOTE).append('}');
        for (int field = 1; field < size.scalars() - 1; field++) {
            scalar(out.append(", "), field, sequence, random);
        }
        name(out.append(", "), "note");
        letters(out, size.noteLength(), random);
        if (size.items() > 0) {
            address(out, random);
            items(out, random);
        }
        out.append('}');
    }

    private static void scalar(StringBuilder out, int field, long sequence, SplittableRandom random) {
        switch (field) {
            case 1 -> number(name(out, "number"), "$numberLong", 10_000_000_000L + random.nextInt(1_000_000), true);
            case 2 -> word(name(out, "state"), STATES[random.nextInt(STATES.length)]);
            case 3 -> number(name(out, "createdAt"), "$date", FIRST_MILLISECOND + random.nextInt(), false);
            case 4 -> number(name(out, "updatedAt"), "$date", FIRST_MILLISECOND + sequence, false);
            case 5 -> cents(name(out, "total"), random.nextInt(100_000));
            case 6 -> name(out, "revision").append(random.nextInt(50));
            case 7 -> name(out, "paid").append(random.nextBoolean());
            case 8 -> letters(name(out, "customer"), 16, random);
            case 9 -> letters(name(out, "email"), 18, random);
            case 10 -> letters(name(out, "phone"), 12, random);
            case 11 -> cents(name(out, "tax"), random.nextInt(10_000));
            case 12 -> word(name(out, "currency"), "EUR");
            case 13 -> name(out, "priority").append(random.nextInt(10));
            case 14 -> letters(name(out, "warehouse"), 8, random);
            case 15 -> letters(name(out, "carrier"), 10, random);
            case 16 -> letters(name(out, "tracking"), 20, random);
            case 17 -> cents(name(out, "weight"), random.nextInt(10_000));
            case 18 -> word(name(out, "channel"), CHANNELS[random.nextInt(CHANNELS.length)]);
            case 19 -> letters(name(out, "campaign"), 9, random);
            case 20 -> word(name(out, "locale"), "de-DE");
            case 21 -> number(name(out, "sequence"), "$numberLong", sequence, true);
            case 22 -> cents(name(out, "score"), random.nextInt(1_000));
            default -> throw new IllegalArgumentException("There is no scalar " + field);
        }
    }

    private static void address(StringBuilder out, SplittableRandom random) {
        name(out.append(", "), "address").append('{');
        letters(name(out, "street"), 16, random);
        letters(name(out.append(", "), "city"), 9, random);
        word(name(out.append(", "), "zip"), Integer.toString(10_000 + random.nextInt(80_000)));
        word(name(out.append(", "), "country"), "DE");
        out.append('}');
    }

    private void items(StringBuilder out, SplittableRandom random) {
        name(out.append(", "), "items").append('[');
        for (int item = 0; item < size.items(); item++) {
            out.append(item == 0 ? "{" : ", {");
            letters(name(out, "sku"), 10, random);
            name(out.append(", "), "quantity").append(1 + random.nextInt(9));
            cents(name(out.append(", "), "price"), random.nextInt(10_000));
            letters(name(out.append(", "), "title"), 24, random);
            name(out.append(", "), "gift").append(random.nextBoolean()).append('}');
        }
        out.append(']');
    }

    private static StringBuilder name(StringBuilder out, String name) {
        return out.append(QUOTE).append(name).append(QUOTE).append(": ");
    }

    private static void word(StringBuilder out, String word) {
        out.append(QUOTE).append(word).append(QUOTE);
    }

    private static void number(StringBuilder out, String wrapper, long value, boolean quoted) {
        out.append('{').append(QUOTE).append(wrapper).append(QUOTE).append(": ");
        if (quoted) {
            out.append(QUOTE).append(value).append(QUOTE);
        } else {
            out.append(value);
        }
        out.append('}');
    }

    /** A double with two digits behind the point. */
    private static void cents(StringBuilder out, int cents) {
        out.append(cents / 100)
                .append('.')
                .append((char) ('0' + cents / 10 % 10))
                .append((char) ('0' + cents % 10));
    }

    private static void letters(StringBuilder out, int length, SplittableRandom random) {
        out.append(QUOTE);
        int missing = length;
        while (missing > 0) {
            long bits = random.nextLong();
            for (int i = 0; i < LETTERS_OF_LONG && missing > 0; i++, missing--) {
                int letter = (int) (bits & 31);
                out.append(letter < 26 ? (char) ('a' + letter) : ' ');
                bits >>>= LETTER_BITS;
            }
        }
        out.append(QUOTE);
    }

    private static void hex(StringBuilder out, long value, int digits) {
        for (int digit = digits - 1; digit >= 0; digit--) {
            out.append(HEX[(int) (value >>> (4 * digit) & 15)]);
        }
    }
}
