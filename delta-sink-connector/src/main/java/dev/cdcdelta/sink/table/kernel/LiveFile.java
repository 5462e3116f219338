package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.WrittenFile;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.util.VectorUtils;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A live file with what its add action says, which a later remove or a new deletion vector has to repeat.
 *
 * @param statistics {@code add.stats}, which always state the number of rows
 * @param modified {@code add.modificationTime}
 */
record LiveFile(
        DataFile file, PackedStatistics statistics, long modified, Optional<DeletionVectorDescriptor> deletionVector) {
    static LiveFile of(WrittenFile written, FilePacker packer) {
        DataFile file = written.file();
        return new LiveFile(
                new DataFile(
                        file.path(),
                        file.size(),
                        file.rowCount(),
                        file.deletedRowCount(),
                        file.deletionVector(),
                        packer.tags(file.tags()),
                        file.partition()),
                packer.statistics(written.statistics()),
                written.modified().toEpochMilli(),
                Optional.empty());
    }

    /**
     * An add action of the log, free of the batch that it was read in.
     *
     * @param rowCount where the action has no statistics
     */
    static LiveFile of(Row row, RowCounter rowCount, FilePacker packer) {
        AddFile add = new AddFile(row);
        return of(
                add.getPath(),
                add.getSize(),
                add.getModificationTime(),
                values(add.getPartitionValues()),
                add.getTags().map(LiveFile::tags).orElse(Map.of()),
                add.getDeletionVector().map(LiveFile::copy),
                add.getStatsJson(),
                rowCount,
                packer);
    }

    static LiveFile of(
            String path,
            long size,
            long modified,
            Map<String, Optional<String>> partition,
            Map<String, String> tags,
            Optional<DeletionVectorDescriptor> vector,
            Optional<String> statistics,
            RowCounter rowCount,
            FilePacker packer) {
        Optional<Long> counted = statistics.flatMap(text -> Statistics.rowCount(path, text));
        long rows = counted.orElseGet(() -> rowCount.of(path, size));
        DataFile file = new DataFile(
                path,
                size,
                rows,
                vector.map(DeletionVectorDescriptor::getCardinality).orElse(0L),
                vector.map(DeletionVectorDescriptor::getUniqueId).orElse(""),
                packer.tags(tags),
                partition);
        String complete =
                counted.isPresent() ? statistics.orElseThrow() : Statistics.withRowCount(path, statistics, rows);
        return new LiveFile(file, packer.statistics(complete), modified, vector);
    }

    private static DeletionVectorDescriptor copy(DeletionVectorDescriptor vector) {
        return new DeletionVectorDescriptor(
                vector.getStorageType(),
                vector.getPathOrInlineDv(),
                vector.getOffset(),
                vector.getSizeInBytes(),
                vector.getCardinality());
    }

    /** Null and empty text are the same partition (PROTOCOL.md, Partition Value Serialization). */
    private static Map<String, Optional<String>> values(MapValue map) {
        Map<String, Optional<String>> values = new HashMap<>();
        VectorUtils.<String, String>toJavaMap(map)
                .forEach((name, value) ->
                        values.put(name, Optional.ofNullable(value).filter(text -> !text.isEmpty())));
        return values;
    }

    private static Map<String, String> tags(MapValue map) {
        Map<String, String> tags = new HashMap<>(VectorUtils.<String, String>toJavaMap(map));
        tags.values().removeIf(value -> value == null);
        return tags;
    }

    /** The same file with more rows dead; its statistics become bounds that need not be met (PROTOCOL.md, Per-file Statistics). */
    LiveFile withDeletionVector(DeletionVectorDescriptor vector, FilePacker packer) {
        DataFile revectored = new DataFile(
                file.path(),
                file.size(),
                file.rowCount(),
                vector.getCardinality(),
                vector.getUniqueId(),
                file.tags(),
                file.partition());
        return new LiveFile(
                revectored,
                packer.statistics(Statistics.withWideBounds(file.path(), statistics.text())),
                modified,
                Optional.of(vector));
    }

    /** The same file, of whose rows another number was stated. */
    LiveFile withRowCount(long rows, FilePacker packer) {
        DataFile recounted = new DataFile(
                file.path(),
                file.size(),
                rows,
                file.deletedRowCount(),
                file.deletionVector(),
                file.tags(),
                file.partition());
        String text = Statistics.withRowCount(file.path(), Optional.of(statistics.text()), rows);
        return new LiveFile(recounted, packer.statistics(text), modified, deletionVector);
    }

    /** How many rows a file holds that comes without statistics. */
    interface RowCounter {
        long of(String path, long size);
    }
}
