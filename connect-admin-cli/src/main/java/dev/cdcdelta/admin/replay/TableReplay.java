package dev.cdcdelta.admin.replay;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.schema.FieldNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event of each document that a table keeps, as of one version of the table, with the document's text and source version as they
 * are stored. Rows are read one by one, so that memory does not grow with the table.
 */
public final class TableReplay {
    private static final long REPORTED_ROWS = 100_000;
    private static final Set<String> ID_FIELDS = Set.of(FieldNames.ID, FieldNames.sidecarOf(FieldNames.ID));

    private final DeltaTable table;
    private final ReplayEvent.Namespace namespace;
    private final List<String> names = new ArrayList<>();
    private final boolean marksDeleted;
    private final RowDocument ids;
    private final int own;

    /**
     * What was done.
     *
     * @param deleted rows that are marked as deleted; each of them is the event of its delete, and before that of its last image if
     *     it has one
     */
    public record Result(long version, long rows, long deleted, long events) {}

    /** @throws CommandException if the table does not tell the documents */
    public TableReplay(DeltaTable table, String database, String collection) {
        this.table = table;
        this.namespace = new ReplayEvent.Namespace(database, collection);
        ColumnType.Struct columns = table.snapshot().columns();
        boolean isOfEvents = has(columns, CdcColumns.OFFSET);
        if (isOfEvents || has(columns, CdcColumns.IS_CURRENT)) {
            throw CommandException.usage(
                    "The table at " + table.location() + " holds " + (isOfEvents ? "events" : "versions")
                            + " of documents, not each document once.",
                    "Replay a table of write.mode=upsert.");
        }
        if (!has(columns, CdcColumns.DOCUMENT)) {
            throw missing(
                    table,
                    "it has no column " + CdcColumns.DOCUMENT + ": the sink did not write it with document.text=true");
        }
        List<Column> idColumns = columns.columns().stream()
                .filter(column -> ID_FIELDS.contains(column.field()))
                .toList();
        ids = new RowDocument(new ColumnType.Struct(idColumns));
        own = idColumns.size();
        idColumns.forEach(column -> names.add(column.name()));
        names.addAll(List.of(CdcColumns.DOCUMENT, CdcColumns.TIME, CdcColumns.ORDINAL, CdcColumns.OPERATION));
        marksDeleted = has(columns, CdcColumns.DELETED);
        if (marksDeleted) {
            names.add(CdcColumns.DELETED);
        }
    }

    private static boolean has(ColumnType.Struct columns, String name) {
        return CdcColumns.indexOf(columns, name) >= 0;
    }

    /**
     * Writes the events.
     *
     * @param progress is told the rows done so far, now and then
     * @throws CommandException if a row does not have its document's text, before anything is written
     */
    public Result run(ReplayTopic topic, LongConsumer progress) {
        requireTexts();
        TableSnapshot snapshot = table.snapshot();
        long rows = 0;
        long deleted = 0;
        long images = 0;
        for (DataFile file : snapshot.files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, names)) {
                while (stored.hasNext()) {
                    @Nullable Object[] row = stored.next().values();
                    rows++;
                    if (!isDeleted(row)) {
                        topic.write(event(row, operation(row)), namespace);
                    } else {
                        deleted++;
                        // The image comes first, so that the new table knows it too.
                        if (row[own] != null) {
                            images++;
                            topic.write(event(row, "u"), namespace);
                        }
                        topic.write(event(row, "d"), namespace);
                    }
                    if (rows % REPORTED_ROWS == 0) {
                        progress.accept(rows);
                    }
                }
            }
        }
        long events = topic.flush();
        if (events != rows + images) {
            throw new IllegalStateException(
                    rows + " rows and " + images + " images of deleted ones became " + events + " events");
        }
        return new Result(snapshot.version(), rows, deleted, events);
    }

    /** Half a replay would look like a whole one, so all texts are looked at first. */
    private void requireTexts() {
        List<String> asked = new ArrayList<>(List.of(CdcColumns.DOCUMENT));
        if (marksDeleted) {
            asked.add(CdcColumns.DELETED);
        }
        long without = 0;
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, asked)) {
                while (stored.hasNext()) {
                    @Nullable Object[] row = stored.next().values();
                    without += row[0] == null && !(marksDeleted && Boolean.TRUE.equals(row[1])) ? 1 : 0;
                }
            }
        }
        if (without > 0) {
            throw missing(
                    table,
                    without
                            + " of its rows have none: they were written before document.text=true, or by an update of such a row");
        }
    }

    private boolean isDeleted(@Nullable Object[] row) {
        return marksDeleted && Boolean.TRUE.equals(row[own + 4]);
    }

    private String operation(@Nullable Object[] row) {
        return row[own + 3] instanceof String operation ? operation : "u";
    }

    private ReplayEvent event(@Nullable Object[] row, String operation) {
        String document = operation.equals("d") ? null : (String) row[own];
        Long time = row[own + 1] instanceof Long micros ? (Long) (micros / 1000) : null;
        Integer ordinal = row[own + 2] instanceof Integer number ? number : null;
        BsonValue id = ids.of(Arrays.copyOf(row, own)).document().get(FieldNames.ID);
        if (id == null) {
            throw new IllegalStateException("a row of " + table.location() + " has no _id");
        }
        return new ReplayEvent(id, operation, document, time, ordinal);
    }

    private static CommandException missing(DeltaTable table, String reason) {
        return new CommandException(
                ExitCode.CHECK_FAILED,
                "The table at " + table.location() + " does not keep the whole text of all documents.",
                reason + ".",
                "Set document.text=true in the sink, and let an incremental snapshot of the source write every document once; then"
                        + " run the command again.");
    }
}
