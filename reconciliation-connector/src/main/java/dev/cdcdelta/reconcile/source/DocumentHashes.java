package dev.cdcdelta.reconcile.source;

import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.sink.batch.MappedRow;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.mapping.RowHash;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * The hashes that rows of documents must have: documents go through the very mapping that the sink uses, which starts from the
 * table's columns. Not for several threads.
 */
public final class DocumentHashes {
    /** The hash of documents that the sink's rules refuse; no row has it. */
    public static final ContentHash REFUSED = new ContentHash(0, 0);

    private static final JsonWriterSettings DEBEZIUM =
            JsonWriterSettings.builder().outputMode(strict()).build();

    private final Supplier<TableRows> made;
    private final Optional<RowHash> direct;
    private TableRows rows;

    /**
     * @param table what the mapping starts from
     * @param keepsEverything whether the rules let every value into a table, as it is: then most documents need not go through the
     *     mapping, since what it comes to is known
     */
    public DocumentHashes(SchemaPlanner planner, SchemaRules rules, TableColumns table, boolean keepsEverything) {
        direct = keepsEverything && RowHash.tellsRowsOf(table.columns())
                ? Optional.of(new RowHash(table.columns()))
                : Optional.empty();
        made = () -> table.rows(planner, rules);
        this.rows = made.get();
    }

    /** Of a document as it is, without decoding it where that can be done without. */
    public ContentHash of(SourceDocument document) {
        return direct.isPresent() ? ContentHash.of(direct.get().ofWhole(document.raw())) : mapped(document.document());
    }

    /** Of a document as it is. Where its text in a change event tells less, that row's hash may be another: see {@link #ofEvent}. */
    public ContentHash of(BsonDocument document) {
        return direct.map(hash -> ContentHash.of(hash.ofWhole(document))).orElseGet(() -> mapped(document));
    }

    private ContentHash mapped(BsonDocument document) {
        try {
            MappedRow row =
                    rows.admit(new RowDocument.Content(document, false), SourceVersion.UNKNOWN, Operation.UPDATE);
            Object hash = row.values()[CdcColumns.indexOf(row.columns(), CdcColumns.HASH)];
            if (hash == null) {
                throw new IllegalStateException("a row without hash");
            }
            return ContentHash.of((byte[]) hash);
        } catch (DataException refused) {
            // Told as a missing row: the sink does not have it, whatever the reason.
            rows = made.get();
            return REFUSED;
        }
    }

    /** Of a document on its way through Debezium's text, in which a DBPointer is a DBRef, and what looks like a wrapper is one. */
    public ContentHash ofEvent(BsonDocument document) {
        return mapped(ExtendedJson.parseDocument(document.toJson(DEBEZIUM)));
    }

    // Debezium's own choice; it writes the first version of extended JSON.
    @SuppressWarnings("deprecation")
    private static JsonMode strict() {
        return JsonMode.STRICT;
    }
}
