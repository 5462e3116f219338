package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.connect.ConnectValueJson;
import dev.cdcdelta.smt.schema.ConflictException;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldPath;
import dev.cdcdelta.smt.schema.IdentityInference;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * One field of a document and where its values go.
 *
 * @param column the position of the field's column, or -1 where the table has none
 * @param sidecar the position of the column for values that do not fit, or -1
 * @param refused whether any value is one that some earlier stage could not fit into its column, and the user wants none of those
 * @param stops whether a value without a place is to stop the task
 */
record FieldConversion(
        Field field, String path, int column, Conversion conversion, int sidecar, boolean refused, boolean stops) {
    static List<FieldConversion> compile(
            Conversions conversions, Schema schema, ColumnType.Struct struct, String parent, SchemaRules rules) {
        Map<String, Integer> columns = columnsByField(struct);
        List<FieldConversion> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            if (field.name().equals(FieldNames.REST)) {
                continue;
            }
            String path = FieldPath.of(parent, field.name());
            int column = columns.getOrDefault(field.name(), -1);
            int sidecar = columns.getOrDefault(FieldNames.sidecarOf(field.name()), -1);
            ConflictPolicy policy = rules.policyAt(
                    FieldNames.isSidecar(field.name())
                            ? FieldPath.of(parent, FieldNames.ofSidecar(field.name()))
                            : path);
            if (policy.refuses() || (sidecar >= 0 && !isJson(struct.columns().get(sidecar)))) {
                sidecar = -1;
            }
            Conversion conversion =
                    column < 0 || isOtherIdentity(path, field, struct.columns().get(column))
                            ? value -> Conversion.UNFIT
                            : conversion(conversions, field, struct.columns().get(column), path);
            boolean refused = policy.refuses() && FieldNames.isSidecar(field.name());
            fields.add(new FieldConversion(
                    field, path, column, conversion, sidecar, refused, policy == ConflictPolicy.FAIL));
        }
        return fields;
    }

    /** The positions of columns, by the fields that they hold. */
    static Map<String, Integer> columnsByField(ColumnType.Struct struct) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < struct.columns().size(); i++) {
            columns.put(struct.columns().get(i).field(), i);
        }
        return columns;
    }

    private static Conversion conversion(Conversions conversions, Field field, Column column, String path) {
        return path.equals(FieldNames.ID)
                ? conversions.compileIdentity(field.schema(), column.type())
                : conversions.compile(field.schema(), column.type(), path);
    }

    /** A column may take texts of many kinds, but not those of {@code _id}s that it could not tell apart. */
    private static boolean isOtherIdentity(String path, Field field, Column column) {
        return path.equals(FieldNames.ID)
                && IdentityInference.isInConflict(
                        DocumentColumns.fieldType(column.type()), ConnectSchemas.toType(field.schema()));
    }

    /**
     * Writes the field's value, if there is one.
     *
     * @param others takes values of fields that have no column, under the name that they have in MongoDB; null where none may
     */
    void write(Struct document, @Nullable Object[] row, @Nullable BsonDocument others) {
        Object value = document.get(field);
        if (value == null) {
            return;
        }
        Object converted = conversion.convert(value);
        if (converted != Conversion.UNFIT && !refused) {
            row[column] = converted;
        } else if (sidecar >= 0) {
            if (row[sidecar] != null) {
                throw new DataException(
                        "Field '" + path
                                + "': two values compete for its column of unfit values. Rename the field that ends in __json in the source");
            }
            row[sidecar] = ConnectValueJson.text(field.schema(), value);
        } else if (column < 0 && isEmpty(value)) {
            return;
        } else if (column < 0 && others != null && !refused) {
            String name = FieldNames.isSidecar(field.name()) ? FieldNames.ofSidecar(field.name()) : field.name();
            others.put(FieldNames.toDocument(name), ConnectBson.of(field.schema(), value));
        } else {
            throw unfit();
        }
    }

    private ConnectException unfit() {
        String cause = column < 0
                ? "the table has no column for it and 'schema.evolution' does not let it grow"
                : "a value of type " + field.schema().type() + " does not fit its column";
        String problem = "Field '" + path + "': " + cause
                + ". Mend the document, or allow more with 'schema.evolution' and 'conflict.policy'";
        return stops ? new ConflictException(problem) : new DataException(problem);
    }

    private static boolean isEmpty(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(element -> element == null || isEmpty(element));
        }
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream().map(struct::get).allMatch(part -> part == null || isEmpty(part));
        }
        return false;
    }

    private static boolean isJson(Column column) {
        return column.type().equals(new ColumnType.Leaf(ScalarType.JSON));
    }
}
