package dev.cdcdelta.reconcile.table;

import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into a table up to when it is known to be right, for whoever reads it. */
public final class VerifiedTable {
    /** The metadata domain: {@code {"verified_through_ms":…,"operation_time":…,"table_version":…,"run":"…"}}. */
    public static final String DOMAIN = "cdcdelta.reconciliation";

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedTable.class);
    private static final int MOST_ATTEMPTS = 20;

    private final DeltaTables tables;
    private final String location;

    public VerifiedTable(DeltaTables tables, String location) {
        this.tables = tables;
        this.location = location;
    }

    /** Does nothing where the run does not end well, or there is no table. The sink's commits come first. */
    public void write(String run, RangeResult result) {
        Optional<DeltaTable> opened = result.verifiedThrough().isPresent() ? tables.open(location) : Optional.empty();
        if (opened.isEmpty()) {
            return;
        }
        String text = new BsonDocument(
                        "verified_through_ms",
                        new BsonInt64(result.verifiedThrough().getAsLong()))
                .append("operation_time", new BsonInt64(result.operationTime()))
                .append("table_version", new BsonInt64(result.version()))
                .append("run", new BsonString(run))
                .toJson();
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                opened.get().describe(DOMAIN, text);
                return;
            } catch (LostRaceException e) {
                LOG.debug("Attempt {} to describe {} lost its race", attempt, location, e);
                opened.get().refresh();
            }
        }
        LOG.warn(
                "{} could not be told that it is verified: {} times, another writer was faster. The report says it all the same; the next"
                        + " run tries again",
                location,
                MOST_ATTEMPTS);
    }
}
