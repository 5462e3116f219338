package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Rows of some columns as rows of columns that have grown from them, or from others that hold the same fields. */
public final class RowWidening {
    private static final Set<ScalarType> TEXTS = Set.of(ScalarType.OBJECT_ID, ScalarType.UUID, ScalarType.DECIMAL128);
    private static final Conversion IDENTITY = value -> value;

    private final int width;
    private final int[] targets;
    private final Conversion[] conversions;
    private final ColumnType.Struct to;

    /**
     * Compiles the widening.
     *
     * @throws DataException if a column of {@code from} has no place in {@code to}
     */
    public RowWidening(ColumnType.Struct from, ColumnType.Struct to) {
        this(from, to, true);
    }

    private RowWidening(ColumnType.Struct from, ColumnType.Struct to, boolean topLevel) {
        this.to = to;
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < to.columns().size(); i++) {
            places.put(identity(to.columns().get(i), topLevel), i);
        }
        width = to.columns().size();
        targets = new int[from.columns().size()];
        conversions = new Conversion[targets.length];
        for (int i = 0; i < targets.length; i++) {
            Column column = from.columns().get(i);
            Integer place = places.get(identity(column, topLevel));
            if (place == null) {
                throw misfit(column);
            }
            targets[i] = place;
            conversions[i] =
                    conversion(column, column.type(), to.columns().get(place).type());
        }
    }

    /** The row in the wider columns; the row itself stays as it is. */
    public @Nullable Object[] widen(@Nullable Object[] row) {
        @Nullable Object[] wide = new Object[width];
        for (int i = 0; i < targets.length; i++) {
            Object value = row[i];
            if (value == null) {
                continue;
            }
            Object converted = conversions[i].convert(value);
            if (converted == Conversion.UNFIT) {
                throw misfit(to.columns().get(targets[i]));
            }
            wide[targets[i]] = converted;
        }
        return wide;
    }

    /** A document may have a field named like one of the connector's columns; that field's column has another name. */
    private static String identity(Column column, boolean topLevel) {
        return topLevel && ColumnName.isReserved(column.name()) ? "own " + column.name() : "field " + column.field();
    }

    private static Conversion conversion(Column column, ColumnType from, ColumnType to) {
        if (from.equals(to)) {
            return IDENTITY;
        }
        if (from instanceof ColumnType.Struct narrow && to instanceof ColumnType.Struct wide) {
            RowWidening widening = new RowWidening(narrow, wide, false);
            return value -> widening.widen((Object[]) value);
        }
        if (from instanceof ColumnType.Array narrow && to instanceof ColumnType.Array wide) {
            Conversion element = conversion(column, narrow.element(), wide.element());
            return value -> list((List<?>) value, element);
        }
        if (from instanceof ColumnType.Leaf narrow && to instanceof ColumnType.Leaf wide) {
            return leaf(column, narrow.type(), wide.type());
        }
        throw misfit(column);
    }

    private static Conversion leaf(Column column, FieldType from, FieldType to) {
        if (NumberConversion.isNumber(from) && NumberConversion.isNumber(to)) {
            return NumberConversion.to(to);
        }
        if (to == ScalarType.STRING && from instanceof ScalarType scalar && TEXTS.contains(scalar)) {
            return IDENTITY;
        }
        throw misfit(column);
    }

    private static Object list(List<?> values, Conversion element) {
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (Object value : values) {
            Object wide = value == null ? null : element.convert(value);
            if (wide == Conversion.UNFIT) {
                return Conversion.UNFIT;
            }
            converted.add(wide);
        }
        return converted;
    }

    private static DataException misfit(Column column) {
        return new DataException(
                "the values of column " + column.name() + " have no place in the columns that the table"
                        + " has by now; the records are to be mapped to those anew");
    }
}
