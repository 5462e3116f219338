package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.mapping.RowMapper;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** The columns that a table has to have for the documents admitted so far, and those documents as rows of them. */
// Columns are compared by identity: an object stands for one state of them, and deep comparison per record would be
// dear.
@SuppressWarnings("ReferenceEquality")
public final class TableRows {
    /** Converters reuse their schema objects; whoever makes a new one per record pays for compiling it. */
    private static final int MAX_COMPILED = 1000;

    private final SchemaPlanner planner;
    private final ConflictPolicy conflicts;
    private final IdentityHashMap<Schema, RowMapper> mappers = new IdentityHashMap<>();
    private ColumnType.@Nullable Struct columns;
    private ColumnType.@Nullable Struct base;

    public TableRows(SchemaPlanner planner, ConflictPolicy conflicts) {
        this.planner = planner;
        this.conflicts = conflicts;
    }

    /** Whether {@link #rebase} was last called with these columns, so that calling it again would change nothing. */
    public boolean startsFrom(ColumnType.Struct tableColumns) {
        return tableColumns.equals(base);
    }

    /** Starts from the columns that the table has by now; documents admitted before make them grow again when their rows are asked for. */
    public void rebase(ColumnType.Struct tableColumns) {
        base = tableColumns;
        if (!tableColumns.equals(columns)) {
            columns = tableColumns;
            mappers.clear();
        }
    }

    /** Empty while there is no table and no document. */
    public Optional<ColumnType.Struct> columns() {
        return Optional.ofNullable(columns);
    }

    /**
     * Grows the columns for the document where they may grow.
     *
     * @throws DataException if it fits no row all the same
     */
    MappedRow admit(Change.Upsert upsert) {
        ColumnType.Struct before = columns;
        try {
            RowMapper mapper = mapper(upsert.after().schema());
            return new MappedRow(mapper.columns(), mapper.row(upsert));
        } catch (DataException e) {
            if (columns != before) {
                columns = before;
                mappers.clear();
            }
            throw e;
        }
    }

    /** Grows the columns for documents of that schema where they have not grown for it yet. */
    void include(Schema schema) {
        if (!mappers.containsKey(schema)) {
            mapper(schema);
        }
    }

    Object[] row(Change.Upsert upsert) {
        return mapper(upsert.after().schema()).row(upsert);
    }

    boolean isCurrent(MappedRow row) {
        return row.columns() == columns;
    }

    private RowMapper mapper(Schema schema) {
        RowMapper compiled = mappers.get(schema);
        if (compiled != null && compiled.columns() == columns) {
            return compiled;
        }
        FieldType type = ConnectSchemas.toType(schema);
        if (!(type instanceof StructType document)) {
            throw new DataException("A document must be a Struct, not " + type);
        }
        ColumnType.Struct grown = columns == null ? planner.create(document) : planner.grow(columns, document);
        columns = grown;
        if (mappers.size() >= MAX_COMPILED) {
            mappers.clear();
        }
        RowMapper mapper = new RowMapper(schema, grown, conflicts);
        mappers.put(schema, mapper);
        return mapper;
    }
}
