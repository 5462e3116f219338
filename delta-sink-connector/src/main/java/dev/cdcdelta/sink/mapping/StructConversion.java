package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A document, or a part of one, as the values of its columns.
 *
 * @param restField that brings, as one document, fields that an earlier stage had no column for; null if there is none
 * @param rest the position of the column that takes fields without a column, or -1
 */
record StructConversion(
        List<FieldConversion> fields, @Nullable Field restField, int rest) {
    static StructConversion compile(
            Conversions conversions, Schema schema, ColumnType.Struct struct, String path, SchemaRules rules) {
        int rest = -1;
        for (int i = 0; i < struct.columns().size(); i++) {
            boolean isText = struct.columns().get(i).type().equals(new ColumnType.Leaf(ScalarType.JSON));
            if (isText && struct.columns().get(i).field().equals(FieldNames.REST)) {
                rest = i;
            }
        }
        return new StructConversion(
                FieldConversion.compile(conversions, schema, struct, path, rules), schema.field(FieldNames.REST), rest);
    }

    /** @param width the number of columns; those that no field feeds stay null */
    Object[] row(Struct document, int width) {
        Object[] row = new Object[width];
        BsonDocument others = rest < 0 ? null : new BsonDocument();
        for (FieldConversion field : fields) {
            field.write(document, row, others);
        }
        Object brought = restField == null ? null : document.get(restField);
        if (brought == null && (others == null || others.isEmpty())) {
            return row;
        }
        if (others == null) {
            throw new DataException("The document has fields in '" + FieldNames.REST
                    + "', for which the table has no column and 'schema.evolution' does not let it grow. Allow more with"
                    + " 'schema.evolution'");
        }
        if (brought instanceof String text) {
            others.putAll(ExtendedJson.parseDocument(text));
        }
        row[rest] = ExtendedJson.text(others);
        return row;
    }
}
