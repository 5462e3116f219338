package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The leaves of a column, in Delta and in text. Several types of documents share one Delta type (an ObjectId and a string are both
 * {@code string}); the text in the column's metadata tells them apart: {@code objectId}, {@code decimal(20,2)}, {@code struct},
 * {@code array<int32>}.
 */
final class TypeNames {
    private static final Map<ScalarType, DataType> DELTA = new EnumMap<>(Map.ofEntries(
            Map.entry(ScalarType.BOOLEAN, BooleanType.BOOLEAN),
            Map.entry(ScalarType.INT32, IntegerType.INTEGER),
            Map.entry(ScalarType.INT64, LongType.LONG),
            Map.entry(ScalarType.FLOAT, FloatType.FLOAT),
            Map.entry(ScalarType.DOUBLE, DoubleType.DOUBLE),
            Map.entry(ScalarType.STRING, StringType.STRING),
            Map.entry(ScalarType.OBJECT_ID, StringType.STRING),
            Map.entry(ScalarType.UUID, StringType.STRING),
            Map.entry(ScalarType.DECIMAL128, StringType.STRING),
            Map.entry(ScalarType.JSON, StringType.STRING),
            Map.entry(ScalarType.BINARY, BinaryType.BINARY),
            Map.entry(ScalarType.DATE, TimestampType.TIMESTAMP)));

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.*)>");

    private TypeNames() {}

    static DataType toDelta(ColumnType.Leaf leaf) {
        if (leaf.type() instanceof DecimalType decimal) {
            return new io.delta.kernel.types.DecimalType(decimal.precision(), decimal.scale());
        }
        DataType delta = leaf.type() instanceof ScalarType scalar ? DELTA.get(scalar) : null;
        if (delta == null) {
            throw new IllegalArgumentException("no Delta type for " + leaf);
        }
        return delta;
    }

    static String text(ColumnType type) {
        if (type instanceof ColumnType.Array array) {
            return "array<" + text(array.element()) + ">";
        }
        return type instanceof ColumnType.Leaf leaf ? text(leaf.type()) : "struct";
    }

    private static String text(FieldType leaf) {
        if (leaf instanceof DecimalType decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return leaf.toString().toLowerCase(Locale.ROOT);
    }

    /** The text of an array's elements; empty for anything else. */
    static Optional<String> elementOf(Optional<String> text) {
        return text.map(ARRAY::matcher).filter(Matcher::matches).map(matcher -> matcher.group(1));
    }

    /**
     * What a leaf holds: as its metadata says, unless somebody has changed the Delta type since or there is no metadata, when the
     * Delta type decides. Empty for a Delta type that documents have no counterpart of.
     */
    static Optional<ColumnType.Leaf> leaf(DataType delta, Optional<String> text) {
        Optional<ColumnType.Leaf> named = text.flatMap(TypeNames::parse).map(ColumnType.Leaf::new);
        return named.filter(leaf -> toDelta(leaf).equals(delta)).or(() -> natural(delta));
    }

    private static Optional<FieldType> parse(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return Optional.of(new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2))));
        }
        return DELTA.keySet().stream()
                .filter(scalar -> scalar.name().equalsIgnoreCase(text))
                .<FieldType>map(scalar -> scalar)
                .findFirst();
    }

    private static Optional<ColumnType.Leaf> natural(DataType delta) {
        if (delta instanceof io.delta.kernel.types.DecimalType decimal) {
            return Optional.of(new ColumnType.Leaf(new DecimalType(decimal.getPrecision(), decimal.getScale())));
        }
        if (delta instanceof ByteType || delta instanceof ShortType) {
            return Optional.of(new ColumnType.Leaf(ScalarType.INT32));
        }
        return DELTA.entrySet().stream()
                .filter(entry -> entry.getValue().equals(delta))
                .map(entry -> new ColumnType.Leaf(entry.getKey()))
                .findFirst();
    }
}
