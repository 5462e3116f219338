package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.index.DeletesFiles;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.StoredRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Writes the deletes that files of a group remember into one new file, less those whose time is over. The table stays as it is. */
final class DeletesJob {
    private static final int ROWS_BETWEEN_LOOKS = 1024;

    private final DeltaTable table;
    private final DeletesPlanner planner;
    private final Instant now;
    private final BooleanSupplier cancelled;

    /**
     * @param table as of the version to read; the job's own
     * @param cancelled asked now and then; once true, the job ends without a result
     */
    DeletesJob(DeltaTable table, DeletesPlanner planner, Instant now, BooleanSupplier cancelled) {
        this.table = table;
        this.planner = planner;
        this.now = now;
        this.cancelled = cancelled;
    }

    /** @return empty if the job was cancelled, or a file of the group is not live any more: nothing of the job is left then */
    Optional<CompactedFiles> run(CompactionGroup group) {
        List<DataFile> sources = group.files().stream()
                .flatMap(planned -> Optional.ofNullable(table.snapshot().files().get(planned.path())).stream())
                .toList();
        if (sources.size() < group.files().size()) {
            return Optional.empty();
        }
        List<DataFile> remembered =
                sources.stream().filter(file -> !planner.isExpired(file, now)).toList();
        Optional<DataFile> written = remembered.isEmpty() ? Optional.empty() : write(remembered);
        if (written.isEmpty() && !remembered.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CompactedFiles(
                table,
                table.snapshot().columns(),
                sources.stream()
                        .map(source -> new MovedRows(source, new long[0], 0))
                        .toList(),
                List.of(),
                written.stream().toList()));
    }

    private Optional<DataFile> write(List<DataFile> sources) {
        DataFile like = sources.get(0);
        Instant youngest = sources.stream()
                .map(DeletesFiles::committed)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        ColumnType.Struct columns = DeletesFiles.columns(
                table.snapshot().columns(), table.snapshot().partitionColumns());
        List<String> names = columns.columns().stream().map(Column::name).toList();
        FilePlace place = new FilePlace(DeletesFiles.at(like.tags(), youngest), like.partition());
        try (DataFileWriter writer = table.writer(columns, place)) {
            for (DataFile source : sources) {
                if (!copy(source, names, writer)) {
                    return Optional.empty();
                }
            }
            return Optional.of(writer.finish());
        }
    }

    private boolean copy(DataFile source, List<String> names, DataFileWriter writer) {
        long copied = 0;
        try (CloseableIterator<StoredRow> rows = table.readAll(source, names)) {
            while (rows.hasNext()) {
                if (copied++ % ROWS_BETWEEN_LOOKS == 0 && cancelled.getAsBoolean()) {
                    return false;
                }
                writer.write(rows.next().values());
            }
        }
        return true;
    }
}
