package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Columns as Delta's schema and back. The document's own names and types are kept in each field's metadata. */
public final class TableSchema {
    static final String FIELD = "cdcdelta.field";
    static final String TYPE = "cdcdelta.type";

    private TableSchema() {}

    public static StructType toDelta(ColumnType.Struct columns) {
        return new StructType(columns.columns().stream().map(TableSchema::field).toList());
    }

    static StructField field(Column column) {
        return new StructField(column.name(), dataType(column.type()), true, metadata(column));
    }

    static FieldMetadata metadata(Column column) {
        return FieldMetadata.builder()
                .putString(FIELD, column.field())
                .putString(TYPE, TypeNames.text(column.type()))
                .build();
    }

    static DataType dataType(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return toDelta(struct);
        }
        if (type instanceof ColumnType.Array array) {
            return new ArrayType(dataType(array.element()), true);
        }
        return TypeNames.toDelta((ColumnType.Leaf) type);
    }

    /** @throws ConfigException for a column of a type that documents have no counterpart of */
    static ColumnType.Struct toColumns(String location, StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            String name =
                    Optional.ofNullable(field.getMetadata().getString(FIELD)).orElse(field.getName());
            Optional<String> text = Optional.ofNullable(field.getMetadata().getString(TYPE));
            columns.add(new Column(field.getName(), name, columnType(location, field, field.getDataType(), text)));
        }
        return new ColumnType.Struct(columns);
    }

    private static ColumnType columnType(String location, StructField field, DataType type, Optional<String> text) {
        if (type instanceof StructType struct) {
            return toColumns(location, struct);
        }
        if (type instanceof ArrayType array) {
            return new ColumnType.Array(columnType(location, field, array.getElementType(), TypeNames.elementOf(text)));
        }
        return TypeNames.leaf(type, text)
                .orElseThrow(() ->
                        new ConfigException("The table " + location + " has a column " + field.getName() + " of type "
                                + type + ", which cannot be handled here. Choose another table, or drop the column."));
    }
}
