package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.ejson.TextCursor;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Documents of one Connect schema as rows of one set of columns. */
public final class RowMapper {
    private final ColumnType.Struct columns;
    private final SchemaRules rules;
    private final StructConversion document;
    private final RowHash hash;
    private final int hashIndex;
    private final RowStamp stamp;

    /**
     * Compiles the mapping.
     *
     * @param columns of a table of this connector: the own columns are among them
     */
    public RowMapper(Schema schema, ColumnType.Struct columns, ConflictPolicy conflicts) {
        this(schema, columns, SchemaRules.of(conflicts));
    }

    /** The same under rules for fields. */
    public RowMapper(Schema schema, ColumnType.Struct columns, SchemaRules rules) {
        this.columns = columns;
        this.rules = rules;
        document = StructConversion.compile(new Conversions(rules), schema, DocumentPart.of(columns), "", rules);
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
     */
    public Object[] row(Struct after, SourceVersion version, Operation operation) {
        return row(after, null, version, operation);
    }

    /**
     * The same with the whole document's text, where the columns have a place for it.
     *
     * @throws DataException if a value fits no column
     */
    public Object[] row(Struct after, @Nullable String text, SourceVersion version, Operation operation) {
        Object[] row = document.row(after, columns.columns().size());
        stamp.document(row, text);
        return complete(row, version, operation);
    }

    private Object[] complete(Object[] row, SourceVersion version, Operation operation) {
        stamp.event(row, version, operation);
        row[hashIndex] = hash.of(row);
        return row;
    }

    /**
     * The rows of documents that come as text.
     *
     * @param writer of the Structs that this maps
     * @return empty if none of its documents can do without a Struct
     */
    public Optional<Texts> texts(DocumentWriter writer) {
        return TextRows.compile(writer, DocumentPart.of(columns), rules).map(Texts::new);
    }

    /** Documents of one writer, from their text. */
    public final class Texts {
        private final TextRows rows;

        private Texts(TextRows rows) {
            this.rows = rows;
        }

        /**
         * The document of that extended JSON as the row that its Struct would be.
         *
         * @param text at its beginning
         * @return null where it is to become a Struct first
         */
        public Change.@Nullable Row row(TextCursor text, SourceVersion version, Operation operation) {
            Object[] row = rows.row(text);
            return row == null
                    ? null
                    : new Change.Row(rows.key(row), version, operation, columns, complete(row, version, operation));
        }
    }
}
