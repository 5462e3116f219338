package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@link SingleAction} about files and transaction identifiers. */
final class FileActions {
    private static final int PATH = AddFile.FULL_SCHEMA.indexOf("path");
    private static final int PARTITION_VALUES = AddFile.FULL_SCHEMA.indexOf("partitionValues");
    private static final int SIZE = AddFile.FULL_SCHEMA.indexOf("size");
    private static final int MODIFICATION_TIME = AddFile.FULL_SCHEMA.indexOf("modificationTime");
    private static final int DATA_CHANGE = AddFile.FULL_SCHEMA.indexOf("dataChange");
    private static final int DELETION_VECTOR = AddFile.FULL_SCHEMA.indexOf("deletionVector");
    private static final int TAGS = AddFile.FULL_SCHEMA.indexOf("tags");
    private static final int STATISTICS = AddFile.FULL_SCHEMA.indexOf("stats");

    /** Kernel's own schema of the action lacks {@code dataChange}, which the protocol requires. */
    private static final StructType CHANGE_DATA_FILE = new StructType()
            .add("path", StringType.STRING, false)
            .add("partitionValues", new MapType(StringType.STRING, StringType.STRING, true), false)
            .add("size", LongType.LONG, false)
            .add("dataChange", BooleanType.BOOLEAN, false);

    private static final StructType CHANGE_DATA_ACTION = new StructType().add("cdc", CHANGE_DATA_FILE);

    private FileActions() {}

    static Row add(LiveFile file, boolean dataChange) {
        return SingleAction.createAddFileSingleAction(addFile(file, dataChange).toRow());
    }

    static Row remove(LiveFile file, boolean dataChange, Instant now) {
        return SingleAction.createRemoveFileSingleAction(
                addFile(file, dataChange).toRemoveFileRow(dataChange, Optional.of(now.toEpochMilli())));
    }

    static Row transaction(String identifier, long version, Instant now) {
        return SingleAction.createTxnSingleAction(
                new SetTransaction(identifier, version, Optional.of(now.toEpochMilli())).toRow());
    }

    static Row changeData(DataFile file) {
        return new GenericRow(
                CHANGE_DATA_ACTION,
                Map.of(
                        0,
                        new GenericRow(
                                CHANGE_DATA_FILE,
                                Map.of(0, file.path(), 1, partition(file), 2, file.size(), 3, false))));
    }

    private static AddFile addFile(LiveFile file, boolean dataChange) {
        Map<Integer, Object> values = new HashMap<>();
        values.put(PATH, file.file().path());
        values.put(PARTITION_VALUES, partition(file.file()));
        values.put(SIZE, file.file().size());
        values.put(MODIFICATION_TIME, file.modified());
        values.put(DATA_CHANGE, dataChange);
        file.deletionVector().ifPresent(vector -> values.put(DELETION_VECTOR, vector.toRow()));
        if (!file.file().tags().isEmpty()) {
            values.put(TAGS, VectorUtils.stringStringMapValue(file.file().tags()));
        }
        values.put(STATISTICS, file.statistics().text());
        return new AddFile(new GenericRow(AddFile.FULL_SCHEMA, values));
    }

    @SuppressWarnings("NullAway") // Kernel's map takes nulls, and says nothing of it.
    private static MapValue partition(DataFile file) {
        Map<String, @Nullable String> values = new HashMap<>();
        file.partition().forEach((column, value) -> values.put(column, value.orElse(null)));
        return VectorUtils.stringStringMapValue(values);
    }
}
