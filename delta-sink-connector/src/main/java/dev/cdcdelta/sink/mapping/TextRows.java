package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.connect.RowForm;
import dev.cdcdelta.smt.connect.RowPlaces;
import dev.cdcdelta.smt.connect.RowReader;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldPath;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows straight from documents' text: those that {@link StructConversion} makes of the Structs that a topic's writer makes of the same
 * text. What is out of the ordinary is left to those two.
 */
final class TextRows {
    private final RowReader reader;
    private final FieldType idType;
    private final int id;

    private TextRows(RowReader reader, FieldType idType, int id) {
        this.reader = reader;
        this.idType = idType;
        this.id = id;
    }

    /**
     * Compiles the reading.
     *
     * @param document the columns as a document sees them, see {@link DocumentPart}
     * @return empty if no document of the writer's can be read so
     */
    static Optional<TextRows> compile(DocumentWriter writer, ColumnType.Struct document, SchemaRules rules) {
        FieldType idType =
                writer.type().field(FieldNames.ID).map(StructType.Field::type).orElse(ScalarType.NOTHING);
        int id = CdcColumns.indexOf(document, CdcColumns.ID);
        boolean isPlain = id >= 0
                && isPlainKey(idType)
                && document.columns().get(id).type().equals(new ColumnType.Leaf(idType));
        return isPlain
                ? Optional.of(new TextRows(writer.rows(places(writer.type(), document, "", rules)), idType, id))
                : Optional.empty();
    }

    /** Whether the column tells the whole key. */
    private static boolean isPlainKey(FieldType type) {
        return type == ScalarType.OBJECT_ID
                || type == ScalarType.STRING
                || type == ScalarType.INT32
                || type == ScalarType.INT64
                || type == ScalarType.DOUBLE;
    }

    private static RowPlaces places(StructType type, ColumnType.Struct struct, String parent, SchemaRules rules) {
        Map<String, Integer> columns = FieldConversion.columnsByField(struct);
        Map<String, RowPlaces.Place> places = new HashMap<>();
        for (StructType.Field field : type.fields()) {
            Integer column = columns.get(field.name());
            boolean isRefused = FieldNames.isSidecar(field.name())
                    && rules.policyAt(FieldPath.of(parent, FieldNames.ofSidecar(field.name())))
                            .refuses();
            boolean isRest = field.name().equals(FieldNames.REST);
            if (column != null && !isRefused && !isRest && !field.type().isVacant()) {
                Column target = struct.columns().get(column);
                place(column, field.type(), target.type(), FieldPath.of(parent, field.name()), rules)
                        .ifPresent(place -> places.put(field.name(), place));
            }
        }
        return new RowPlaces(struct.columns().size(), places);
    }

    /** The place of values that the column holds all of, in the form that {@link Conversions} gives them. */
    private static Optional<RowPlaces.Place> place(
            int index, FieldType type, ColumnType column, String path, SchemaRules rules) {
        if (type instanceof StructType struct && column instanceof ColumnType.Struct columns) {
            return Optional.of(
                    new RowPlaces.Place(index, RowForm.AS_IT_IS, Optional.of(places(struct, columns, path, rules))));
        }
        if (type instanceof ArrayType array && column instanceof ColumnType.Array columns) {
            return place(index, array.element(), columns.element(), path + "[]", rules);
        }
        return column instanceof ColumnType.Leaf leaf
                ? form(type, leaf.type()).map(form -> new RowPlaces.Place(index, form, Optional.empty()))
                : Optional.empty();
    }

    private static Optional<RowForm> form(FieldType type, FieldType column) {
        if (type.equals(column)) {
            boolean isRead = type instanceof DecimalType || type != ScalarType.FLOAT;
            return isRead
                    ? Optional.of(type == ScalarType.DATE ? RowForm.MICROSECONDS : RowForm.AS_IT_IS)
                    : Optional.empty();
        }
        if (type == ScalarType.INT32 && (column == ScalarType.INT64 || column == ScalarType.DOUBLE)) {
            return Optional.of(column == ScalarType.INT64 ? RowForm.LONG : RowForm.DOUBLE);
        }
        boolean isText = type == ScalarType.OBJECT_ID || type == ScalarType.UUID || type == ScalarType.DECIMAL128;
        return isText && column == ScalarType.STRING ? Optional.of(RowForm.AS_IT_IS) : Optional.empty();
    }

    /**
     * The document of that extended JSON as a row, without what only its event tells.
     *
     * @param text at its beginning
     * @return null where it is to become a Struct first
     */
    @Nullable
    Object @Nullable [] row(TextCursor text) {
        @Nullable Object[] row = reader.read(text);
        return row == null || row[id] == null ? null : row;
    }

    /** The key of a row. */
    DocumentKey key(@Nullable Object[] row) {
        return DocumentKey.ofColumn(idType, row[id]);
    }
}
