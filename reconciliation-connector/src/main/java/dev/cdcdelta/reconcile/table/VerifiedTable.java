package dev.cdcdelta.reconcile.table;

import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
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

    /**
     * Does nothing where the run does not end well, or there is no table. The sink's commits come first. That a table cannot be written to
     * is no failure of the run, which only reads otherwise.
     */
    public void write(String run, RangeResult result) {
        if (result.verifiedThrough().isEmpty()) {
            return;
        }
        try {
            Optional<DeltaTable> table = tables.open(location);
            if (table.isPresent()) {
                describe(table.get(), text(run, result));
            }
        } catch (KafkaException e) {
            LOG.warn(
                    "{} could not be told that it is verified. The report says it all the same. Let the connector write to the table, or"
                            + " set 'verified.through.in.table' to false",
                    location,
                    e);
        }
    }

    private static String text(String run, RangeResult result) {
        return new BsonDocument(
                        "verified_through_ms",
                        new BsonInt64(result.verifiedThrough().orElseThrow()))
                .append("operation_time", new BsonInt64(result.operationTime()))
                .append("table_version", new BsonInt64(result.version()))
                .append("run", new BsonString(run))
                .toJson();
    }

    private void describe(DeltaTable table, String text) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                table.describe(DOMAIN, text);
                return;
            } catch (LostRaceException e) {
                LOG.debug("Attempt {} to describe {} lost its race", attempt, location, e);
                table.refresh();
            }
        }
        LOG.warn(
                "{} could not be told that it is verified: {} times, another writer was faster. The report says it all the same; the next"
                        + " run tries again",
                location,
                MOST_ATTEMPTS);
    }
}
