package dev.cdcdelta.sink.table.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * Smallest and greatest value of one leaf over a file's row groups, as JSON; absent where a bound says nothing or cannot be written.
 * Booleans and bytes get none, as with every Delta writer.
 */
record ColumnBounds(Optional<JsonNode> minimum, Optional<JsonNode> maximum, long nullCount) {
    static ColumnBounds of(FieldType type, List<Statistics<?>> chunks) {
        long nulls = chunks.stream().mapToLong(Statistics::getNumNulls).sum();
        Statistics<?> merged = null;
        for (Statistics<?> chunk : chunks) {
            if (!chunk.hasNonNullValue()) {
                continue;
            }
            if (merged == null) {
                merged = chunk.copy();
            } else {
                merged.mergeStatistics(chunk);
            }
        }
        if (merged == null) {
            return new ColumnBounds(Optional.empty(), Optional.empty(), nulls);
        }
        return bounds(type, merged.genericGetMin(), merged.genericGetMax(), nulls);
    }

    private static ColumnBounds bounds(FieldType type, Object minimum, Object maximum, long nulls) {
        if (type instanceof DecimalType decimal) {
            return new ColumnBounds(
                    Optional.of(decimal(decimal, minimum)), Optional.of(decimal(decimal, maximum)), nulls);
        }
        return switch ((ScalarType) type) {
            case INT32, INT64 -> new ColumnBounds(Optional.of(integer(minimum)), Optional.of(integer(maximum)), nulls);
            case FLOAT, DOUBLE -> floating((Number) minimum, (Number) maximum, nulls);
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON ->
                new ColumnBounds(
                        Optional.of(TextNode.valueOf(TextBounds.lower(((Binary) minimum).toStringUsingUTF8()))),
                        TextBounds.upper(((Binary) maximum).toStringUsingUTF8()).map(TextNode::valueOf),
                        nulls);
            case DATE ->
                new ColumnBounds(
                        TimestampBounds.text((Long) minimum).map(TextNode::valueOf),
                        TimestampBounds.text((Long) maximum).map(TextNode::valueOf),
                        nulls);
            case BOOLEAN, BINARY -> new ColumnBounds(Optional.empty(), Optional.empty(), nulls);
            case NOTHING -> throw new IllegalArgumentException("a column without a type");
        };
    }

    private static JsonNode integer(Object value) {
        return BigIntegerNode.valueOf(BigInteger.valueOf(((Number) value).longValue()));
    }

    private static JsonNode decimal(DecimalType type, Object unscaled) {
        BigInteger digits = unscaled instanceof Binary bytes
                ? new BigInteger(bytes.getBytes())
                : BigInteger.valueOf(((Number) unscaled).longValue());
        return DecimalNode.valueOf(new BigDecimal(digits, type.scale()));
    }

    /** With a NaN among the values no bound holds for all readers; zero counts as both its signs; JSON has no infinity. */
    private static ColumnBounds floating(Number minimum, Number maximum, long nulls) {
        if (Double.isNaN(minimum.doubleValue()) || Double.isNaN(maximum.doubleValue())) {
            return new ColumnBounds(Optional.empty(), Optional.empty(), nulls);
        }
        return new ColumnBounds(floating(minimum, -0.0), floating(maximum, 0.0), nulls);
    }

    private static Optional<JsonNode> floating(Number bound, double zero) {
        if (Double.isInfinite(bound.doubleValue())) {
            return Optional.empty();
        }
        if (bound.doubleValue() == 0) {
            return Optional.of(DoubleNode.valueOf(zero));
        }
        // A float too: its own shortest text is another number to those who read the column as doubles once it is
        // wider.
        return Optional.of(DoubleNode.valueOf(bound.doubleValue()));
    }
}
