package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Writes the rows of a plan: no file holds rows of two topic partitions. */
final class RowFileWriter {
    private static final long TARGET_BYTES = 128L << 20;

    private final DeltaTable table;
    private final TableBatch batch;
    private final ColumnType.Struct columns;
    private final List<DataFile> files = new ArrayList<>();
    private final Map<DocumentKey, RowLocation> locations = new HashMap<>();

    private RowFileWriter(DeltaTable table, TableBatch batch, ColumnType.Struct columns) {
        this.table = table;
        this.batch = batch;
        this.columns = columns;
    }

    static WrittenRows write(DeltaTable table, TableBatch batch, ColumnType.Struct columns, MergePlan plan) {
        RowFileWriter writer = new RowFileWriter(table, batch, columns);
        try {
            plan.rows().forEach(writer::writePartition);
        } catch (RuntimeException e) {
            writer.files.forEach(table::discard);
            throw e;
        }
        return new WrittenRows(writer.files, writer.locations);
    }

    private void writePartition(TopicPartition partition, List<PlannedRow> rows) {
        int from = 0;
        while (from < rows.size()) {
            from = writeFile(partition, rows, from);
        }
    }

    /** @return the index of the first row that is not in the file */
    private int writeFile(TopicPartition partition, List<PlannedRow> rows, int from) {
        int to = from;
        try (DataFileWriter writer = table.writer(columns, IndexedFiles.tags(partition))) {
            do {
                PlannedRow row = rows.get(to++);
                writer.write(batch.row(row.upsert(), row.buffered()));
            } while (to < rows.size() && writer.estimatedBytes() < TARGET_BYTES);
            DataFile file = writer.finish();
            files.add(file);
            for (int i = from; i < to; i++) {
                var upsert = rows.get(i).upsert();
                locations.put(upsert.key(), new RowLocation(file.path(), i - from, upsert.version()));
            }
        }
        return to;
    }
}
