package dev.cdcdelta.sink.batch;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.DirectRows;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.mapping.KeyDocuments;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.mapping.RowMapper;
import dev.cdcdelta.sink.mapping.RowWidening;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The columns that a table has to have for the documents admitted so far, and those documents as rows of them. */
// Columns are compared by identity: an object stands for one state of them, and deep comparison per record would be
// dear.
@SuppressWarnings("ReferenceEquality")
public final class TableRows implements DirectRows {
    /** Converters reuse their schema objects; whoever makes a new one per record pays for compiling it. */
    private static final int MAX_COMPILED = 1000;

    /** Taken for the heap of a row as long as none was seen. */
    private static final long TYPICAL_BYTES = 1_000;

    private static final String TABLE = "table";

    private final SchemaPlanner planner;
    private final SchemaRules rules;
    private final KeyDocuments keys = new KeyDocuments();

    /** Gives documents that are read from rows their types, starting from the table's. */
    private final SchemaEvolution.Value<SinkRecord> typing;

    private final Map<Schema, RowMapper> mappers = new IdentityHashMap<>();

    /** How the documents of topics' present writers are read into the present columns; empty where they have to be Structs first. */
    private final Map<DocumentWriter, Optional<RowMapper.Texts>> texts = new IdentityHashMap<>();

    /** From columns that rows were made for to the present ones, which hold them. */
    private final Map<ColumnType.Struct, RowWidening> widenings = new IdentityHashMap<>();

    private ColumnType.@Nullable Struct columns;
    private ColumnType.@Nullable Struct base;
    private boolean mayWiden = true;
    private long measuredRows;
    private long measuredBytes;

    /** @param conflicts what becomes of values that do not fit their column */
    public TableRows(SchemaPlanner planner, ConflictPolicy conflicts) {
        this(planner, SchemaRules.of(conflicts));
    }

    /** The same under rules for fields. */
    public TableRows(SchemaPlanner planner, SchemaRules rules) {
        this.planner = planner;
        this.rules = rules;
        this.typing = new SchemaEvolution.Value<>(topic -> documentType());
        typing.configure(rules, false, false);
    }

    private StructType documentType() {
        ColumnType.Struct current = columns;
        return current == null ? new StructType(List.of()) : DocumentColumns.typeOf(current);
    }

    public TableKind kind() {
        return planner.kind();
    }

    /** Whether {@link #rebase} was last called with these, so that calling it again would change nothing. */
    public boolean startsFrom(ColumnType.Struct tableColumns, boolean tableMayWiden) {
        return tableColumns.equals(base) && tableMayWiden == mayWiden;
    }

    /**
     * Starts from the columns that the table has by now; documents admitted before make them grow again when their rows are asked for.
     *
     * @param tableMayWiden whether those columns may take wider types; if not, what does not fit them goes by the policy of its field
     */
    public void rebase(ColumnType.Struct tableColumns, boolean tableMayWiden) {
        base = tableColumns;
        if (!tableColumns.equals(columns) || tableMayWiden != mayWiden) {
            mayWiden = tableMayWiden;
            moveTo(tableColumns);
        }
    }

    /** Empty while there is no table and no document. */
    public Optional<ColumnType.Struct> columns() {
        return Optional.ofNullable(columns);
    }

    @Override
    public Change.@Nullable Row row(
            DocumentWriter writer, TextCursor text, SourceVersion version, Operation operation) {
        Optional<RowMapper.Texts> compiled = texts.get(writer);
        if (compiled == null) {
            compiled = compileTexts(writer);
        }
        return compiled.isPresent() ? compiled.get().row(text, version, operation) : null;
    }

    private Optional<RowMapper.Texts> compileTexts(DocumentWriter writer) {
        RowMapper mapper = mappers.get(writer.schema());
        if (mapper == null || mapper.columns() != columns) {
            // The columns may have to grow first, for which the document has to be a Struct.
            return Optional.empty();
        }
        if (texts.size() >= MAX_COMPILED) {
            texts.clear();
        }
        Optional<RowMapper.Texts> compiled = mapper.texts(writer);
        texts.put(writer, compiled);
        return compiled;
    }

    /**
     * Grows the columns for the document where they may grow.
     *
     * @throws DataException if it fits no row all the same
     */
    MappedRow admit(Change.Upsert upsert) {
        return admit(upsert.after(), upsert.text(), upsert.version(), upsert.operation());
    }

    /**
     * Grows the columns, where they may grow, for a document that was made of a row.
     *
     * @throws DataException if it fits no row all the same
     */
    public MappedRow admit(RowDocument.Content content, SourceVersion version, Operation operation) {
        BsonDocument document = content.document();
        try {
            Struct typed = typing.write(TABLE, document);
            String text = content.isWhole() ? ExtendedJson.text(document) : null;
            MappedRow row = admit(typed, text, version, operation);
            measure(row);
            return row;
        } catch (DataException refused) {
            // What a refused document has taught must not make good ones fail.
            typing.forget(TABLE);
            throw refused;
        }
    }

    /** The estimated heap of a row. */
    long measure(MappedRow row) {
        long bytes = HeapSize.of(row.values());
        measuredRows++;
        measuredBytes += bytes;
        return bytes;
    }

    /** The estimated heap of a row, going by those before. */
    long typicalBytes() {
        return measuredRows == 0 ? TYPICAL_BYTES : measuredBytes / measuredRows;
    }

    /**
     * Grows the columns for the key of a delete that is to leave a row.
     *
     * @throws DataException if it fits no row all the same
     */
    void admit(Change.Delete delete) {
        if (kind().writesDeletes()) {
            admit(keyDocument(delete.key()), null, delete.version(), Operation.DELETE);
        }
    }

    private MappedRow admit(Struct document, @Nullable String text, SourceVersion version, Operation operation) {
        ColumnType.Struct before = columns;
        try {
            RowMapper mapper = mapper(document.schema());
            return new MappedRow(mapper.columns(), mapper.row(document, text, version, operation));
        } catch (ConnectException e) {
            if (columns != before) {
                moveTo(before);
            }
            throw e;
        }
    }

    /** Grows the columns for a change admitted earlier, where they have become others since. */
    void include(BufferedChange change) {
        MappedRow row = change.row();
        if (row != null) {
            widening(row.columns());
        } else if (change.isDelete() && kind().writesDeletes()) {
            mapper(keyDocument(change.key()).schema());
        }
    }

    /** @throws DataException if the row has no place in the columns */
    @Nullable
    Object[] row(BufferedChange change) {
        MappedRow row = change.row();
        if (row == null) {
            Struct document = keyDocument(change.key());
            return mapper(document.schema()).row(document, change.version(), change.operation());
        }
        return row.columns() == columns ? row.values() : widening(row.columns()).widen(row.values());
    }

    /** @return empty if the columns would have to grow for the key */
    Optional<@Nullable Object[]> deletedRow(DocumentKey key, SourceVersion version) {
        Struct document = keyDocument(key);
        try {
            return fits(document.schema())
                    ? Optional.of(mapper(document.schema()).row(document, version, Operation.DELETE))
                    : Optional.empty();
        } catch (DataException noColumnForTheKey) {
            return Optional.empty();
        }
    }

    /** Whether the columns hold documents of the schema as they are. */
    private boolean fits(Schema schema) {
        ColumnType.Struct current = columns;
        RowMapper compiled = mappers.get(schema);
        return current != null
                && (compiled != null && compiled.columns() == current
                        || ConnectSchemas.toType(schema) instanceof StructType type
                                && planner.grow(current, type, mayWiden) == current);
    }

    private Struct keyDocument(DocumentKey key) {
        return keys.of(key, idType());
    }

    private FieldType idType() {
        ColumnType.Struct current = columns;
        int id = current == null ? -1 : CdcColumns.indexOf(current, CdcColumns.ID);
        return current == null || id < 0
                ? ScalarType.NOTHING
                : DocumentColumns.fieldType(current.columns().get(id).type());
    }

    private RowWidening widening(ColumnType.Struct from) {
        RowWidening compiled = widenings.get(from);
        if (compiled == null) {
            ColumnType.Struct to = from == columns ? from : join(from);
            compiled = new RowWidening(from, to);
            widenings.put(from, compiled);
        }
        return compiled;
    }

    private RowMapper mapper(Schema schema) {
        RowMapper compiled = mappers.get(schema);
        if (compiled != null && compiled.columns() == columns) {
            return compiled;
        }
        FieldType type = ConnectSchemas.toType(schema);
        if (!(type instanceof StructType document)) {
            throw new DataException(
                    "A document must be a Struct, not " + type + "; check 'value.converter' and its schemas.enable");
        }
        ColumnType.Struct grown = grow(document);
        if (mappers.size() >= MAX_COMPILED) {
            mappers.clear();
        }
        RowMapper mapper = new RowMapper(schema, grown, rules);
        mappers.put(schema, mapper);
        return mapper;
    }

    private ColumnType.Struct grow(StructType document) {
        return moveOn(columns == null ? planner.create(document) : planner.grow(columns, document, mayWiden));
    }

    private ColumnType.Struct join(ColumnType.Struct rows) {
        return moveOn(
                columns == null ? planner.create(DocumentColumns.typeOf(rows)) : planner.join(columns, rows, mayWiden));
    }

    private ColumnType.Struct moveOn(ColumnType.Struct grown) {
        if (grown != columns) {
            widenings.clear();
            texts.clear();
            columns = grown;
        }
        return grown;
    }

    private void moveTo(ColumnType.@Nullable Struct others) {
        columns = others;
        typing.forget(TABLE);
        mappers.clear();
        texts.clear();
        widenings.clear();
    }
}
