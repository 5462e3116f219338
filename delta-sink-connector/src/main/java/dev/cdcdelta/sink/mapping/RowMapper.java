package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.smt.schema.FieldPath;
import dev.cdcdelta.smt.schema.SchemaRules;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Documents of one Connect schema as rows of one set of columns. */
public final class RowMapper {
    private final ColumnType.Struct columns;
    private final StructConversion document;
    private final RowHash hash;
    private final int hashIndex;
    private final RowStamp stamp;

    /**
     * Compiles the mapping.
     *
     * @param columns of a table of this connector: the own columns are among them
     */
    public RowMapper(Schema schema, ColumnType.Struct columns, SchemaRules rules) {
        this.columns = columns;
        document = new StructConversion(
                FieldConversion.compile(new Conversions(rules), schema, DocumentPart.of(columns), FieldPath.ROOT),
                DocumentColumns.restIndex(columns));
        hash = new RowHash(columns);
        hashIndex = CdcColumns.indexOf(columns, CdcColumns.HASH);
        stamp = new RowStamp(columns);
    }

    public ColumnType.Struct columns() {
        return columns;
    }

    /**
     * The document as a row, with its version, operation and hash.
     *
     * @throws DataException if a value fits no column
     * @throws dev.cdcdelta.smt.schema.ForbiddenValueException if one is to stop the task
     */
    public Object[] row(Struct after, SourceVersion version, Operation operation) {
        Object[] row = document.row(after, columns.columns().size());
        stamp.event(row, version, operation);
        row[hashIndex] = hash.of(row);
        return row;
    }
}
