package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Partition values as text (PROTOCOL.md, Partition Value Serialization). Empty text is null, as readers take it. */
public final class PartitionText {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITHOUT_ZONE = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private PartitionText() {}

    /** The partition that a row belongs to, by column name in the order of {@code partitionBy}. */
    public static Map<String, Optional<String>> of(
            ColumnType.Struct columns, List<String> partitionBy, @Nullable Object[] row) {
        Map<String, Optional<String>> partition = new LinkedHashMap<>();
        for (String name : partitionBy) {
            int index = indexOf(columns, name);
            partition.put(name, text(leaf(columns.columns().get(index)), row[index]));
        }
        return partition;
    }

    private static int indexOf(ColumnType.Struct columns, String name) {
        for (int i = 0; i < columns.columns().size(); i++) {
            if (columns.columns().get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new IllegalStateException("the row has no partition column " + name);
    }

    private static FieldType leaf(Column column) {
        if (column.type() instanceof ColumnType.Leaf leaf) {
            return leaf.type();
        }
        throw new IllegalStateException("the partition column " + column.name() + " is no leaf");
    }

    /** Empty for null and for empty text. */
    public static Optional<String> text(FieldType type, @Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        String text = switch (type instanceof ScalarType scalar ? scalar : ScalarType.STRING) {
            case DATE -> TIMESTAMP.format(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS));
            case BINARY -> new String((byte[]) value, StandardCharsets.UTF_8);
            default -> value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        };
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The value behind a text, in the Java form of the type. */
    public static @Nullable Object value(FieldType type, Optional<String> text) {
        if (text.isEmpty() || text.get().isEmpty()) {
            return null;
        }
        String value = text.get();
        if (!(type instanceof ScalarType scalar)) {
            return new BigDecimal(value);
        }
        return switch (scalar) {
            case BOOLEAN -> Boolean.valueOf(value);
            case INT32 -> Integer.valueOf(value);
            case INT64 -> Long.valueOf(value);
            case FLOAT -> Float.valueOf(value);
            case DOUBLE -> Double.valueOf(value);
            case STRING, OBJECT_ID, UUID, DECIMAL128, JSON -> value;
            case BINARY -> value.getBytes(StandardCharsets.UTF_8);
            case DATE -> microseconds(value);
            case NOTHING -> throw new IllegalArgumentException("a column without a type");
        };
    }

    /** Timestamps come as ISO 8601 in UTC, or without a zone: then writers mean UTC here, as their session says nothing in the log. */
    private static long microseconds(String text) {
        Instant instant = text.contains("T")
                ? Instant.parse(text)
                : LocalDateTime.parse(text, WITHOUT_ZONE).toInstant(ZoneOffset.UTC);
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
