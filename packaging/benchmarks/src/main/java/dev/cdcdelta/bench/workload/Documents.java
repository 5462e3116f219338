package dev.cdcdelta.bench.workload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** The documents of a workload. The later the event, the more their schema has changed. */
public final class Documents {
    private static final int STAGES = 12;
    private static final int LONGS_FROM = 4;
    private static final int CONFLICTS_FROM = 7;
    private static final int LONGEST_PAYLOAD = 300;
    private static final long FIRST_DATE = 1_600_000_000_000L;
    private static final List<String> WORDS =
            List.of("", "plain", "Zürich", "日本語", "quote\"s", "line\nbreak", "𝄞 clef");

    private final Workload workload;

    public Documents(Workload workload) {
        this.workload = workload;
    }

    /** The document as the event with that sequence has left it. */
    public BsonDocument document(int key, long sequence) {
        SplittableRandom random = new SplittableRandom(workload.seed() ^ sequence * 0x9E3779B97F4A7C15L ^ key);
        int stage = (int) Math.min(STAGES - 1, sequence * STAGES / Math.max(1, workload.events()));
        BsonDocument document = new BsonDocument("_id", workload.ids().id(key))
                .append("sequence", new BsonInt64(sequence))
                .append("name", new BsonString(WORDS.get(random.nextInt(WORDS.size())) + key))
                .append("amount", amount(random))
                .append("at", new BsonDateTime(FIRST_DATE + random.nextLong(100_000_000_000L)))
                .append("count", count(random, stage))
                .append("address", address(random, stage))
                .append("items", items(random, stage));
        if (random.nextInt(10) > 0) {
            document.append("active", BsonBoolean.valueOf(random.nextBoolean()));
        }
        rare(document, random);
        if (stage >= CONFLICTS_FROM) {
            document.append("mixed", mixed(random));
        }
        for (int field = 0; field < stage; field++) {
            if (random.nextBoolean()) {
                document.append("extra_" + field, extra(random, field));
            }
        }
        return document.append("payload", new BsonString("p".repeat(random.nextInt(LONGEST_PAYLOAD))));
    }

    private static void rare(BsonDocument document, SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0 -> document.append("nothing", BsonNull.VALUE);
            case 1 -> document.append("blob", new BsonBinary(bytes(random)));
            case 2 -> document.append("reference", new BsonObjectId(new ObjectId(bytes(random))));
            case 3 ->
                document.append(
                        "price", new BsonDecimal128(new Decimal128(BigDecimal.valueOf(random.nextInt(100_000), 2))));
            default -> document.append("rank", new BsonInt32(random.nextInt()));
        }
    }

    private static BsonValue amount(SplittableRandom random) {
        return switch (random.nextInt(200)) {
            case 0 -> new BsonDouble(Double.NaN);
            case 1 -> new BsonDouble(Double.POSITIVE_INFINITY);
            case 2 -> new BsonDouble(-0.0);
            default -> new BsonDouble(random.nextInt(1_000_000) / 64.0);
        };
    }

    private static BsonValue count(SplittableRandom random, int stage) {
        if (stage >= CONFLICTS_FROM && random.nextInt(20) == 0) {
            return new BsonString("many");
        }
        return stage >= LONGS_FROM && random.nextBoolean()
                ? new BsonInt64((1L << 33) + random.nextInt())
                : new BsonInt32(random.nextInt());
    }

    private static BsonDocument address(SplittableRandom random, int stage) {
        BsonDocument address = new BsonDocument("city", new BsonString(WORDS.get(random.nextInt(WORDS.size()))))
                .append("zip", new BsonInt32(random.nextInt(100_000)));
        if (stage >= 2) {
            address.append(
                    "geo",
                    new BsonDocument("lat", new BsonDouble(random.nextInt(180) / 2.0))
                            .append("lon", new BsonDouble(random.nextInt(360) / 2.0)));
        }
        return address;
    }

    private static BsonArray items(SplittableRandom random, int stage) {
        List<BsonValue> items = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            BsonDocument item = new BsonDocument("sku", new BsonString("sku-" + random.nextInt(1_000)))
                    .append("n", new BsonInt32(random.nextInt(100)));
            if (stage >= LONGS_FROM) {
                item.append("weight", new BsonDouble(random.nextInt(1_000) / 8.0));
            }
            items.add(item);
        }
        return new BsonArray(items);
    }

    private static BsonValue mixed(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> new BsonInt32(random.nextInt());
            case 1 -> new BsonString("text " + random.nextInt(1_000));
            case 2 -> new BsonDocument("inner", new BsonInt32(random.nextInt()));
            case 3 -> new BsonArray(List.of(new BsonInt32(random.nextInt()), new BsonInt32(7)));
            default -> BsonBoolean.TRUE;
        };
    }

    private static BsonValue extra(SplittableRandom random, int field) {
        return field % 2 == 0 ? new BsonInt32(random.nextInt()) : new BsonString("extra " + random.nextInt(10_000));
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return bytes;
    }
}
