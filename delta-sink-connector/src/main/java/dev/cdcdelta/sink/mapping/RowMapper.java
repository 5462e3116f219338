package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** Documents of one Connect schema as rows of one set of columns. */
public final class RowMapper {
    private final ColumnType.Struct columns;
    private final StructConversion document;
    private final RowHash hash;
    private final int timeIndex;
    private final int ordinalIndex;
    private final int operationIndex;
    private final int hashIndex;

    /**
     * Compiles the mapping.
     *
     * @param columns of a table of this connector: the own columns are among them
     */
    public RowMapper(Schema schema, ColumnType.Struct columns, ConflictPolicy conflicts) {
        this.columns = columns;
        document = new StructConversion(
                FieldConversion.compile(new Conversions(conflicts), schema, DocumentPart.of(columns), "", conflicts));
        hash = new RowHash(columns);
        timeIndex = CdcColumns.indexOf(columns, CdcColumns.TIME);
        ordinalIndex = CdcColumns.indexOf(columns, CdcColumns.ORDINAL);
        operationIndex = CdcColumns.indexOf(columns, CdcColumns.OPERATION);
        hashIndex = CdcColumns.indexOf(columns, CdcColumns.HASH);
    }

    public ColumnType.Struct columns() {
        return columns;
    }

    /**
     * The document as a row, with its version, operation and hash.
     *
     * @throws DataException if a value fits no column
     */
    public Object[] row(Change.Upsert upsert) {
        Object[] row = document.row(upsert.after(), columns.columns().size());
        SourceVersion version = upsert.version();
        if (version.isKnown()) {
            row[timeIndex] = Math.multiplyExact(version.timeMillis(), 1000L);
            row[ordinalIndex] = version.ordinal();
        }
        row[operationIndex] = upsert.operation().letter();
        row[hashIndex] = hash.of(row);
        return row;
    }
}
