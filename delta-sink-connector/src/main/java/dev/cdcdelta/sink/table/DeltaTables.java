package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.kernel.KernelTable;
import dev.cdcdelta.sink.table.kernel.Patience;
import dev.cdcdelta.sink.table.kernel.TableCreation;
import dev.cdcdelta.sink.table.kernel.TableRoom;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import dev.cdcdelta.sink.table.storage.WarehouseProbe;
import dev.cdcdelta.sink.table.storage.Warehouses;
import io.delta.kernel.defaults.engine.DefaultEngine;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Access to the tables of a warehouse: one object per task or program run. Tables are found by location, {@code s3a://bucket/path} or
 * {@code file:///path}.
 */
public final class DeltaTables implements AutoCloseable {
    private final Map<String, String> options;
    private final Warehouses warehouses;
    private final TableMaintenance maintenance;
    private final Clock clock;
    private final FileSizes sizes;

    /** Tables whose maintenance happens within each commit. */
    public DeltaTables(Map<String, String> hadoopOptions) {
        this(hadoopOptions, TableMaintenance.sameThread());
    }

    /**
     * @param hadoopOptions settings of the file systems, such as {@code fs.s3a.endpoint}; they win over our defaults
     * @param maintenance does what no commit waits for; close it before this object
     */
    public DeltaTables(Map<String, String> hadoopOptions, TableMaintenance maintenance) {
        this(hadoopOptions, maintenance, FileSizes.DEFAULT);
    }

    /** @param sizes of the files that are written through this object */
    public DeltaTables(Map<String, String> hadoopOptions, TableMaintenance maintenance, FileSizes sizes) {
        this(hadoopOptions, maintenance, sizes, Clock.systemUTC());
    }

    DeltaTables(Map<String, String> hadoopOptions, TableMaintenance maintenance, FileSizes sizes, Clock clock) {
        this.maintenance = maintenance;
        this.sizes = sizes;
        this.clock = clock;
        this.options = Map.copyOf(hadoopOptions);
        this.warehouses = new Warehouses(hadoopOptions);
    }

    /**
     * The table at {@code location}, or empty if there is none.
     *
     * @throws ConnectException if the storage fails
     */
    public Optional<DeltaTable> open(String location) {
        return StorageWork.run(location, "opened", () -> {
            TableRoom room = room(location);
            return KernelTable.open(room).map(table -> new DeltaTable(room, table, sizes));
        });
    }

    /**
     * The table at {@code location} as it was at a version, for reading only: it must not be refreshed, nor committed to. Empty if there is
     * no table.
     *
     * @throws ConnectException if the storage fails, or the log does not tell that version, or not any more
     */
    public Optional<DeltaTable> openAt(String location, long version) {
        return StorageWork.run(location, "read at version " + version, () -> {
            TableRoom room = room(location);
            return KernelTable.openAt(room, version).map(table -> new DeltaTable(room, table, sizes));
        });
    }

    /** A new table without partitions. */
    public DeltaTable create(String location, ColumnType.Struct columns, Map<String, String> properties) {
        return create(location, TableDefinition.of(columns, properties));
    }

    /**
     * A new table; where somebody else creates it first, theirs.
     *
     * @throws org.apache.kafka.common.config.ConfigException for a property that is unknown or has a wrong value, or columns that the
     *     table cannot be partitioned or clustered by
     * @throws ConnectException if the storage fails
     */
    public DeltaTable create(String location, TableDefinition definition) {
        return StorageWork.run(location, "created", () -> {
            TableRoom room = room(location);
            return new DeltaTable(room, TableCreation.create(room, definition), sizes);
        });
    }

    /**
     * Checks that the warehouse is reachable with the keys given and keeps its promise of atomic creation.
     *
     * @throws org.apache.kafka.common.config.ConfigException what is wrong and how to mend it
     * @throws StorageException if the store is too busy to answer
     */
    public void probe(String warehouse) {
        try {
            WarehouseProbe.probe(warehouse, options);
        } catch (ConfigException e) {
            throw WarehouseProbe.isBusy(e) ? new StorageException(String.valueOf(e.getMessage()), e, true) : e;
        }
    }

    private TableRoom room(String location) throws IOException {
        String directory = location.replaceFirst("/+$", "");
        WarehouseFiles files = warehouses.of(directory);
        return new TableRoom(
                files.resolvePath(directory),
                files,
                DefaultEngine.create(files),
                clock,
                maintenance,
                Patience.normal());
    }

    @Override
    public void close() {
        try {
            warehouses.close();
        } catch (IOException e) {
            throw new ConnectException("A connection to the warehouse could not be closed", e);
        }
    }
}
