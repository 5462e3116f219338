package dev.cdcdelta.sink.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How changes become rows. */
final class WriteKeys {
    private WriteKeys() {}

    static void define(ConfigDef definition) {
        new KeyGroup(definition, "Writing")
                .key(
                        SinkConfigDef.WRITE_MODE,
                        Type.STRING,
                        "upsert",
                        Choice.of("upsert", "append", "history"),
                        Importance.HIGH,
                        "How changes are written. `upsert`: the table holds each document once, as it is now. `append`: every event is a"
                                + " row, with its topic, partition and offset. `history`: every version of a document is a row, with the"
                                + " time in which it was valid (a slowly changing dimension of type 2).",
                        "Write mode")
                .key(
                        SinkConfigDef.DELETE_MODE,
                        Type.STRING,
                        "hard",
                        Choice.of("hard", "soft"),
                        Importance.MEDIUM,
                        "What becomes of the row of a deleted document, with `write.mode=upsert`. `hard`: it is deleted. `soft`: it stays,"
                                + " and its column `_cdc_deleted` is true.",
                        "Delete mode")
                .key(
                        SinkConfigDef.MERGE_MODE,
                        Type.STRING,
                        "merge-on-read",
                        Choice.of("merge-on-read", "copy-on-write"),
                        Importance.MEDIUM,
                        "How a row is replaced. `merge-on-read`: a deletion vector marks the old one. `copy-on-write`: its file is"
                                + " rewritten, which costs more, for readers that know no deletion vectors.",
                        "Merge mode")
                .key(
                        SinkConfigDef.UPDATE_MODE,
                        Type.STRING,
                        "lookup",
                        Choice.of("lookup", "apply"),
                        Importance.MEDIUM,
                        "What becomes of an update whose event carries no document. `lookup`: it is skipped, for the source is to look"
                                + " documents up, and one that is gone by then is deleted soon. `apply`: what the event says of the"
                                + " changed fields is applied to the stored row, so that the source need not look documents up"
                                + " (`capture.mode=change_streams`). It reads the rows that change from their data files in each"
                                + " flush. Does not go with tables of events, nor with `table.name.field`.",
                        "Update mode")
                .key(
                        SinkConfigDef.DOCUMENT_TEXT,
                        Type.BOOLEAN,
                        false,
                        null,
                        Importance.MEDIUM,
                        "Whether the table's column `_doc` keeps each document whole, as canonical extended JSON (version 2): every BSON"
                                + " type, the order of the fields, nothing lost. Costs its size. May be switched on later: rows"
                                + " written before have null there.",
                        "Keep documents as text");
    }
}
