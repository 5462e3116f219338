package dev.cdcdelta.stack;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** One value of each BSON type, and what a reader finds in the table for it. */
final class BsonCells {
    private static final byte[] UUID_BYTES = {
        0x12,
        0x3e,
        0x45,
        0x67,
        (byte) 0xe8,
        (byte) 0x9b,
        0x12,
        (byte) 0xd3,
        (byte) 0xa4,
        0x56,
        0x42,
        0x66,
        0x14,
        0x17,
        0x40,
        0x00
    };

    /** Types that the tables hold, as Debezium writes them (a DBPointer as extended JSON, version 2, does), those included that other servers than the stand-in and no current driver write. */
    static final List<Cell> ALL = List.of(
            new Cell("int32", new BsonInt32(-2147483648), "-2147483648", Form.TEXT, "-2147483648", true),
            new Cell(
                    "int64",
                    new BsonInt64(9007199254740993L),
                    "{\"$numberLong\":\"9007199254740993\"}",
                    Form.TEXT,
                    "9007199254740993",
                    true),
            new Cell("double", new BsonDouble(1.5), "1.5", Form.TEXT, "1.5", true),
            new Cell("negative_zero", new BsonDouble(-0.0), "-0.0", Form.TEXT, "-0.0", true),
            new Cell("nan", new BsonDouble(Double.NaN), "NaN", Form.TEXT, "NaN", true),
            new Cell("infinity", new BsonDouble(Double.NEGATIVE_INFINITY), "-Infinity", Form.TEXT, "-Infinity", true),
            new Cell(
                    "decimal",
                    new BsonDecimal128(Decimal128.parse("1.10E+3")),
                    "{\"$numberDecimal\":\"1.10E+3\"}",
                    Form.TEXT,
                    "1.10E+3",
                    true),
            new Cell("boolean", BsonBoolean.TRUE, "true", Form.TEXT, "true", true),
            new Cell("string", new BsonString("Grüße \"☃\""), "\"Grüße \\\"☃\\\"\"", Form.TEXT, "Grüße \"☃\"", true),
            new Cell(
                    "objectid",
                    new BsonObjectId(new ObjectId("65a1b2c3d4e5f60718293a4b")),
                    "{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}",
                    Form.TEXT,
                    "65a1b2c3d4e5f60718293a4b",
                    true),
            new Cell("date", new BsonDateTime(-1), "{\"$date\":-1}", Form.MICROS, "-1000", true),
            new Cell(
                    "far_date",
                    new BsonDateTime(Long.MAX_VALUE),
                    "{\"$date\":9223372036854775807}",
                    Form.TEXT,
                    "{\"$date\":{\"$numberLong\":\"9223372036854775807\"}}",
                    true),
            new Cell(
                    "timestamp",
                    new BsonTimestamp(1_700_000_000, 7),
                    "{\"$timestamp\":{\"t\":1700000000,\"i\":7}}",
                    Form.TIMESTAMP,
                    "1700000000000000/7",
                    true),
            new Cell(
                    "binary",
                    new BsonBinary(new byte[] {0, (byte) 0xff, 16}),
                    "{\"$binary\":\"AP8Q\",\"$type\":\"00\"}",
                    Form.HEX,
                    "00FF10",
                    true),
            new Cell(
                    "uuid",
                    new BsonBinary((byte) 4, UUID_BYTES),
                    "{\"$binary\":\"Ej5FZ+ibEtOkVkJmFBdAAA==\",\"$type\":\"04\"}",
                    Form.TEXT,
                    "123e4567-e89b-12d3-a456-426614174000",
                    true),
            new Cell(
                    "document",
                    new BsonDocument("x", new BsonInt32(1)).append("y", new BsonString("z")),
                    "{\"x\":1,\"y\":\"z\"}",
                    Form.DOCUMENT,
                    "1/z",
                    true),
            new Cell(
                    "array",
                    new BsonArray(List.of(new BsonInt32(1), new BsonInt32(2))),
                    "[1,2]",
                    Form.ARRAY,
                    "1/2",
                    false),
            new Cell(
                    "regex",
                    new BsonRegularExpression("^a\\d", "im"),
                    "{\"$regex\":\"^a\\\\d\",\"$options\":\"im\"}",
                    Form.TEXT,
                    "{\"$regularExpression\":{\"pattern\":\"^a\\\\d\",\"options\":\"im\"}}",
                    false),
            new Cell("minkey", new BsonMinKey(), "{\"$minKey\":1}", Form.TEXT, "{\"$minKey\":1}", true),
            new Cell("maxkey", new BsonMaxKey(), "{\"$maxKey\":1}", Form.TEXT, "{\"$maxKey\":1}", true),
            new Cell("code", new BsonJavaScript("f()"), "{\"$code\":\"f()\"}", Form.TEXT, "f()", true),
            new Cell(
                    "scoped_code",
                    new BsonJavaScriptWithScope("f()", new BsonDocument("a", new BsonInt32(1))),
                    "{\"$code\":\"f()\",\"$scope\":{\"a\":1}}",
                    Form.TEXT,
                    "{\"$code\":\"f()\",\"$scope\":{\"a\":{\"$numberInt\":\"1\"}}}",
                    true),
            new Cell(
                    "dbpointer",
                    new BsonDbPointer("shop.orders", new ObjectId("65a1b2c3d4e5f60718293a4b")),
                    "{\"$dbPointer\":{\"$ref\":\"shop.orders\",\"$id\":{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}}}",
                    Form.TEXT,
                    "{\"$dbPointer\":{\"$ref\":\"shop.orders\",\"$id\":{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}}}",
                    true),
            new Cell("symbol", new BsonSymbol("sym"), "{\"$symbol\":\"sym\"}", Form.TEXT, "sym", true));

    /** Values without a column of their own. */
    static final List<Cell> NONE = List.of(
            new Cell("null", org.bson.BsonNull.VALUE, "null", Form.TEXT, "null", true),
            new Cell("undefined", new BsonUndefined(), "{\"$undefined\":true}", Form.TEXT, "null", false));

    /** How a value is asked for, so that all readers give the same text. */
    enum Form {
        TEXT("CAST(%s AS VARCHAR)", "CAST(%s AS STRING)"),
        MICROS("CAST(epoch_us(%s) AS VARCHAR)", "CAST(unix_micros(%s) AS STRING)"),
        HEX("hex(%s)", "hex(%s)"),
        TIMESTAMP(
                "concat(epoch_us(%1$s.time), '/', %1$s.increment)",
                "concat(unix_micros(%1$s.time), '/', %1$s.increment)"),
        DOCUMENT("concat(%1$s.x, '/', %1$s.y)", "concat(%1$s.x, '/', %1$s.y)"),
        ARRAY("concat(%1$s[1], '/', %1$s[2])", "concat(%1$s[0], '/', %1$s[1])");

        private final String duckDb;
        private final String spark;

        Form(String duckDb, String spark) {
            this.duckDb = duckDb;
            this.spark = spark;
        }

        String inDuckDb(String column) {
            return String.format(duckDb, column);
        }

        String inSpark(String column) {
            return String.format(spark, column);
        }
    }

    /**
     * A value.
     *
     * @param debezium its text in Debezium's {@code after}
     * @param expected its text in the table
     * @param mayBeId whether MongoDB takes it for an {@code _id}
     */
    record Cell(String name, BsonValue value, String debezium, Form form, String expected, boolean mayBeId) {}

    private BsonCells() {}
}
