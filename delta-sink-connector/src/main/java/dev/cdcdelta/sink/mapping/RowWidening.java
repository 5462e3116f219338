package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Rows of some columns as rows of columns that have grown from them, or from others that hold the same fields. What a column does not
 * hold goes to its sidecar, and a field without a column to the rest, where there are such.
 */
public final class RowWidening {
    private static final Set<ScalarType> TEXTS = Set.of(ScalarType.OBJECT_ID, ScalarType.UUID, ScalarType.DECIMAL128);
    private static final Conversion IDENTITY = value -> value;

    /** Where no value fits. */
    private static final Conversion NONE = value -> Conversion.UNFIT;

    private final ColumnType.Struct from;
    private final ColumnType.Struct to;
    private final int[] targets;
    private final int[] sidecars;
    private final Conversion[] conversions;
    private final int rest;

    /**
     * Compiles the widening.
     *
     * @throws DataException if a column of {@code from} has no place in {@code to}
     */
    public RowWidening(ColumnType.Struct from, ColumnType.Struct to) {
        this(from, to, true);
    }

    private RowWidening(ColumnType.Struct from, ColumnType.Struct to, boolean topLevel) {
        this.from = from;
        this.to = to;
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < to.columns().size(); i++) {
            places.put(identity(to.columns().get(i), topLevel), i);
        }
        rest = DocumentColumns.restIndex(to);
        targets = new int[from.columns().size()];
        sidecars = new int[targets.length];
        conversions = new Conversion[targets.length];
        for (int i = 0; i < targets.length; i++) {
            Column column = from.columns().get(i);
            boolean isOwn = topLevel && ColumnName.isReserved(column.name());
            targets[i] = places.getOrDefault(identity(column, topLevel), -1);
            int sidecar = isOwn ? -1 : places.getOrDefault("field " + FieldNames.sidecarOf(column.field()), -1);
            sidecars[i] = sidecar >= 0 && DocumentColumns.isText(to.columns().get(sidecar)) ? sidecar : -1;
            boolean isIdentity = topLevel && column.field().equals(FieldNames.ID);
            conversions[i] = targets[i] < 0
                    ? NONE
                    : conversion(column.type(), to.columns().get(targets[i]).type(), isIdentity);
            boolean hasPlace = conversions[i] != NONE || sidecars[i] >= 0 || !isOwn && targets[i] < 0 && rest >= 0;
            if (!hasPlace) {
                throw misfit(column);
            }
        }
    }

    /** The row in the wider columns; the row itself stays as it is. */
    public @Nullable Object[] widen(@Nullable Object[] row) {
        @Nullable Object[] wide = new Object[to.columns().size()];
        BsonDocument others = null;
        for (int i = 0; i < targets.length; i++) {
            Object value = row[i];
            if (value == null) {
                continue;
            }
            Object converted = conversions[i].convert(value);
            if (converted != Conversion.UNFIT) {
                wide[targets[i]] = converted;
            } else if (sidecars[i] >= 0) {
                wide[sidecars[i]] =
                        ExtendedJson.text(ColumnBson.of(from.columns().get(i).type(), value));
            } else if (targets[i] < 0 && rest >= 0) {
                Column column = from.columns().get(i);
                others = others == null ? new BsonDocument() : others;
                ColumnBson.put(others, column.field(), ColumnBson.of(column.type(), value));
            } else {
                throw misfit(from.columns().get(i));
            }
        }
        if (others != null) {
            if (wide[rest] instanceof String before) {
                others.putAll(ExtendedJson.parseDocument(before));
            }
            wide[rest] = ExtendedJson.text(others);
        }
        return wide;
    }

    /** A document may have a field named like one of the connector's columns; that field's column has another name. */
    private static String identity(Column column, boolean topLevel) {
        return topLevel && ColumnName.isReserved(column.name()) ? "own " + column.name() : "field " + column.field();
    }

    /** @param identity whether the values are those of {@code _id}, which fit as a whole or not at all */
    private static Conversion conversion(ColumnType from, ColumnType to, boolean identity) {
        if (from.equals(to)) {
            return IDENTITY;
        }
        if (to instanceof ColumnType.Leaf text && text.type() == ScalarType.JSON) {
            return value -> ExtendedJson.text(ColumnBson.of(from, value));
        }
        if (from instanceof ColumnType.Struct narrow && to instanceof ColumnType.Struct wide) {
            return identity ? identityStruct(narrow, wide) : struct(narrow, wide);
        }
        if (from instanceof ColumnType.Array narrow && to instanceof ColumnType.Array wide) {
            Conversion element = conversion(narrow.element(), wide.element(), identity);
            return element == NONE ? NONE : value -> list((List<?>) value, element);
        }
        if (from instanceof ColumnType.Leaf narrow && to instanceof ColumnType.Leaf wide) {
            return leaf(narrow.type(), wide.type(), identity);
        }
        return NONE;
    }

    private static Conversion struct(ColumnType.Struct from, ColumnType.Struct to) {
        RowWidening widening = new RowWidening(from, to, false);
        return value -> widening.widen((Object[]) value);
    }

    private static Conversion identityStruct(ColumnType.Struct from, ColumnType.Struct to) {
        if (!names(from).equals(names(to))) {
            return NONE;
        }
        Conversion[] parts = new Conversion[from.columns().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] =
                    conversion(from.columns().get(i).type(), to.columns().get(i).type(), true);
        }
        return value -> {
            Object[] narrow = (Object[]) value;
            @Nullable Object[] wide = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                wide[i] = narrow[i] == null ? null : parts[i].convert(narrow[i]);
                if (wide[i] == Conversion.UNFIT) {
                    return Conversion.UNFIT;
                }
            }
            return wide;
        };
    }

    private static List<String> names(ColumnType.Struct struct) {
        return struct.columns().stream().map(Column::field).toList();
    }

    private static Conversion leaf(FieldType from, FieldType to, boolean identity) {
        if (NumberConversion.isNumber(from) && NumberConversion.isNumber(to)) {
            return NumberConversion.to(to);
        }
        boolean isText = to == ScalarType.STRING && from instanceof ScalarType scalar && TEXTS.contains(scalar);
        return isText && !identity ? IDENTITY : NONE;
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
