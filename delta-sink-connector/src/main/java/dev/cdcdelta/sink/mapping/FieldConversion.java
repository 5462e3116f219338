package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.ConnectValueJson;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldPath;
import dev.cdcdelta.smt.schema.ForbiddenValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * One field of a document and where its values go.
 *
 * @param column the position of the field's column, or -1 where the table has none
 * @param sidecar the position of the column for values that do not fit, or -1
 * @param policy what becomes of values that do not fit
 */
record FieldConversion(
        Field field, FieldPath path, int column, Conversion conversion, int sidecar, ConflictPolicy policy) {
    static List<FieldConversion> compile(
            Conversions conversions, Schema schema, ColumnType.Struct struct, FieldPath parent) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < struct.columns().size(); i++) {
            columns.put(struct.columns().get(i).field(), i);
        }
        List<FieldConversion> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            FieldPath path = parent.field(field.name());
            int column = columns.getOrDefault(field.name(), -1);
            int sidecar = columns.getOrDefault(FieldNames.sidecarOf(field.name()), -1);
            ConflictPolicy policy = conversions.policyOf(parent, field.name());
            if (policy.refuses()
                    || sidecar >= 0 && !DocumentColumns.isText(struct.columns().get(sidecar))) {
                sidecar = -1;
            }
            Conversion conversion = column < 0
                    ? value -> Conversion.UNFIT
                    : conversions.compile(
                            field.schema(), struct.columns().get(column).type(), path);
            fields.add(new FieldConversion(field, path, column, conversion, sidecar, policy));
        }
        return fields;
    }

    /** Whether neither a column nor a sidecar takes the field. */
    boolean isWithoutColumn() {
        return column < 0 && sidecar < 0 && !isRefusedSidecar();
    }

    /** Whether any value is one that some earlier stage could not fit into its column, and the user wants none of those. */
    private boolean isRefusedSidecar() {
        return policy.refuses() && FieldNames.isSidecar(field.name());
    }

    @Nullable
    Object valueIn(Struct document) {
        return document.get(field);
    }

    /** Adds the field under its name in the document; a sidecar's text is the value again. */
    void writeTo(BsonDocument others, Struct document) {
        String name = FieldNames.isSidecar(field.name()) ? FieldNames.ofSidecar(field.name()) : field.name();
        others.put(FieldNames.toDocument(name), ConnectBson.of(field.schema(), valueIn(document)));
    }

    void write(Struct document, @Nullable Object[] row) {
        Object value = document.get(field);
        if (value == null) {
            return;
        }
        Object converted = conversion.convert(value);
        if (converted != Conversion.UNFIT && !isRefusedSidecar()) {
            row[column] = converted;
        } else if (sidecar >= 0) {
            if (row[sidecar] != null) {
                throw new DataException(
                        "Field '" + path
                                + "': two values compete for its column of unfit values. Rename the field that ends in __json in the source");
            }
            row[sidecar] = ConnectValueJson.text(field.schema(), value);
        } else if (column >= 0 || !isEmpty(value)) {
            throw unfit();
        }
    }

    /** @throws ForbiddenValueException if the policy is to stop the task */
    private DataException unfit() {
        String cause = column < 0
                ? "the table has no column for it and 'schema.evolution' does not let it grow"
                : "a value of type " + field.schema().type() + " does not fit its column";
        if (policy == ConflictPolicy.FAIL && column >= 0) {
            throw new ForbiddenValueException(
                    "Field '" + path + "': " + cause
                            + ", and the conflict policy 'fail' stops the task. Mend the document, or give the field another policy");
        }
        return new DataException("Field '" + path + "': " + cause
                + ". Mend the document, or allow more with 'schema.evolution' and 'conflict.policy'");
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
}
