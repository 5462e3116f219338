package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.WrittenFile;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A live file with its add action, which a later remove or a new deletion vector has to repeat. */
record LiveFile(DataFile file, AddFile add) {
    private static final int PATH = AddFile.FULL_SCHEMA.indexOf("path");
    private static final int PARTITION_VALUES = AddFile.FULL_SCHEMA.indexOf("partitionValues");
    private static final int SIZE = AddFile.FULL_SCHEMA.indexOf("size");
    private static final int MODIFICATION_TIME = AddFile.FULL_SCHEMA.indexOf("modificationTime");
    private static final int DATA_CHANGE = AddFile.FULL_SCHEMA.indexOf("dataChange");
    private static final int DELETION_VECTOR = AddFile.FULL_SCHEMA.indexOf("deletionVector");
    private static final int TAGS = AddFile.FULL_SCHEMA.indexOf("tags");
    private static final int BASE_ROW_ID = AddFile.FULL_SCHEMA.indexOf("baseRowId");
    private static final int ROW_COMMIT_VERSION = AddFile.FULL_SCHEMA.indexOf("defaultRowCommitVersion");
    private static final int STATISTICS = AddFile.FULL_SCHEMA.indexOf("stats");

    static LiveFile of(WrittenFile written) {
        Map<Integer, Object> values = new HashMap<>();
        values.put(PATH, written.file().path());
        values.put(PARTITION_VALUES, VectorUtils.stringStringMapValue(Map.of()));
        values.put(SIZE, written.file().size());
        values.put(MODIFICATION_TIME, written.modified().toEpochMilli());
        values.put(DATA_CHANGE, true);
        if (!written.file().tags().isEmpty()) {
            values.put(TAGS, VectorUtils.stringStringMapValue(written.file().tags()));
        }
        values.put(STATISTICS, written.statistics());
        return new LiveFile(written.file(), new AddFile(new GenericRow(AddFile.FULL_SCHEMA, values)));
    }

    /**
     * A copy of an add action of the log, which is free of the batch that it was read in.
     *
     * @param rowCount where the action has no statistics
     */
    static LiveFile of(Row row, RowCounter rowCount) {
        AddFile read = new AddFile(row);
        Map<Integer, Object> values = new HashMap<>();
        values.put(PATH, read.getPath());
        values.put(PARTITION_VALUES, copy(read.getPartitionValues()));
        values.put(SIZE, read.getSize());
        values.put(MODIFICATION_TIME, read.getModificationTime());
        values.put(DATA_CHANGE, true);
        read.getDeletionVector().ifPresent(vector -> values.put(DELETION_VECTOR, vector.toRow()));
        read.getTags().ifPresent(tags -> values.put(TAGS, copy(tags)));
        read.getBaseRowId().ifPresent(id -> values.put(BASE_ROW_ID, id));
        read.getDefaultRowCommitVersion().ifPresent(version -> values.put(ROW_COMMIT_VERSION, version));
        Optional<Long> counted = Statistics.rowCount(read);
        long rows = counted.orElseGet(() -> rowCount.of(read.getPath(), read.getSize()));
        values.put(
                STATISTICS,
                counted.isPresent()
                        ? read.getStatsJson().orElseThrow()
                        : Statistics.withRowCount(read.getPath(), read.getStatsJson(), rows));
        DataFile file = new DataFile(
                read.getPath(),
                read.getSize(),
                rows,
                read.getDeletionVector()
                        .map(DeletionVectorDescriptor::getCardinality)
                        .orElse(0L),
                read.getDeletionVector()
                        .map(DeletionVectorDescriptor::getUniqueId)
                        .orElse(""),
                read.getTags().map(LiveFile::tags).orElse(Map.of()));
        return new LiveFile(file, new AddFile(new GenericRow(AddFile.FULL_SCHEMA, values)));
    }

    private static MapValue copy(MapValue map) {
        return VectorUtils.stringStringMapValue(VectorUtils.toJavaMap(map));
    }

    private static Map<String, String> tags(MapValue map) {
        Map<String, String> tags = new HashMap<>(VectorUtils.<String, String>toJavaMap(map));
        tags.values().removeIf(value -> value == null);
        return tags;
    }

    Optional<DeletionVectorDescriptor> deletionVector() {
        return add.getDeletionVector();
    }

    /** The same file with more rows dead; its statistics become bounds that need not be met (PROTOCOL.md, Per-file Statistics). */
    LiveFile withDeletionVector(DeletionVectorDescriptor vector) {
        Map<Integer, Object> values = new HashMap<>();
        values.put(PATH, add.getPath());
        values.put(PARTITION_VALUES, add.getPartitionValues());
        values.put(SIZE, add.getSize());
        values.put(MODIFICATION_TIME, add.getModificationTime());
        values.put(DATA_CHANGE, true);
        values.put(DELETION_VECTOR, vector.toRow());
        add.getTags().ifPresent(tags -> values.put(TAGS, tags));
        add.getBaseRowId().ifPresent(id -> values.put(BASE_ROW_ID, id));
        add.getDefaultRowCommitVersion().ifPresent(version -> values.put(ROW_COMMIT_VERSION, version));
        values.put(
                STATISTICS,
                Statistics.withWideBounds(add.getPath(), add.getStatsJson().orElseThrow()));
        DataFile revectored = new DataFile(
                file.path(), file.size(), file.rowCount(), vector.getCardinality(), vector.getUniqueId(), file.tags());
        return new LiveFile(revectored, new AddFile(new GenericRow(AddFile.FULL_SCHEMA, values)));
    }

    /** How many rows a file holds that comes without statistics. */
    interface RowCounter {
        long of(String path, long size);
    }
}
