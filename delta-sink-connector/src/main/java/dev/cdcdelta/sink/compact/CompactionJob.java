package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.StoredRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes the live rows of a group into new files. The table stays as it is. */
final class CompactionJob {
    private static final int ROWS_BETWEEN_LOOKS = 1024;

    private final DeltaTable table;
    private final long targetBytes;
    private final BooleanSupplier cancelled;
    private final ColumnType.Struct columns;
    private final List<String> names;
    private final List<MovedRows> sources = new ArrayList<>();
    private final List<DataFile> written = new ArrayList<>();
    private @Nullable DataFileWriter open;
    private long rows;

    /**
     * @param table as of the version to read; the job's own
     * @param cancelled asked now and then; once true, the job ends without a result
     */
    CompactionJob(DeltaTable table, long targetBytes, BooleanSupplier cancelled) {
        this.table = table;
        this.targetBytes = targetBytes;
        this.cancelled = cancelled;
        this.columns = table.snapshot().columns();
        this.names = columns.columns().stream().map(Column::name).toList();
    }

    /** @return empty if the job was cancelled, or a file of the group is not live any more: nothing of the job is left then */
    Optional<CompactedFiles> run(CompactionGroup group) {
        boolean complete = false;
        try {
            for (DataFile planned : group.files()) {
                DataFile source = table.snapshot().files().get(planned.path());
                if (source == null || !copy(source)) {
                    return Optional.empty();
                }
            }
            finishFile();
            complete = true;
            return Optional.of(new CompactedFiles(table, columns, sources, written, List.of()));
        } finally {
            if (!complete) {
                abandon();
            }
        }
    }

    /** @return false if the job was cancelled */
    private boolean copy(DataFile source) {
        long[] positions = new long[Math.toIntExact(LiveShare.rows(source))];
        int copied = 0;
        long first = rows;
        try (CloseableIterator<StoredRow> stored = table.read(source, names)) {
            while (stored.hasNext()) {
                if (copied % ROWS_BETWEEN_LOOKS == 0 && cancelled.getAsBoolean()) {
                    return false;
                }
                StoredRow row = stored.next();
                write(source, row.values());
                positions[copied++] = row.position();
            }
        }
        sources.add(new MovedRows(source, Arrays.copyOf(positions, copied), first));
        return true;
    }

    private void write(DataFile like, @Nullable Object[] row) {
        DataFileWriter writer = open;
        if (writer == null) {
            writer = table.writer(columns, new FilePlace(like.tags(), like.partition()));
            open = writer;
        }
        writer.write(row);
        rows++;
        if (writer.estimatedBytes() >= targetBytes) {
            finishFile();
        }
    }

    private void finishFile() {
        DataFileWriter writer = open;
        if (writer != null) {
            written.add(writer.finish());
            open = null;
        }
    }

    private void abandon() {
        DataFileWriter writer = open;
        if (writer != null) {
            writer.close();
        }
        written.forEach(table::discard);
    }
}
