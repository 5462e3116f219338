package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.kernel.KernelTable;
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
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Access to the tables of a warehouse: one object per task or program run. Tables are found by location, {@code s3a://bucket/path} or
 * {@code file:///path}.
 */
public final class DeltaTables implements AutoCloseable {
    private final Map<String, String> options;
    private final Warehouses warehouses;
    private final Clock clock = Clock.systemUTC();

    /** @param hadoopOptions settings of the file systems, such as {@code fs.s3a.endpoint}; they win over our defaults */
    public DeltaTables(Map<String, String> hadoopOptions) {
        this.options = Map.copyOf(hadoopOptions);
        this.warehouses = new Warehouses(hadoopOptions);
    }

    /**
     * The table at {@code location}, or empty if there is none.
     *
     * @throws ConnectException if the storage fails
     */
    public Optional<DeltaTable> open(String location) {
        return TableAccess.run(location, "opened", () -> {
            TableRoom room = room(location);
            return KernelTable.open(room).map(table -> new DeltaTable(room, table));
        });
    }

    /**
     * A new table with these columns; where somebody else creates it first, theirs.
     *
     * @param properties table properties beside those that the engine itself needs
     * @throws org.apache.kafka.common.config.ConfigException for a property that is unknown or has a wrong value
     * @throws ConnectException if the storage fails
     */
    public DeltaTable create(String location, ColumnType.Struct columns, Map<String, String> properties) {
        return TableAccess.run(location, "created", () -> {
            TableRoom room = room(location);
            return new DeltaTable(room, TableCreation.create(room, columns, properties));
        });
    }

    /**
     * Checks that the warehouse is reachable with the keys given and keeps its promise of atomic creation.
     *
     * @throws org.apache.kafka.common.config.ConfigException what is wrong and how to mend it
     */
    public void probe(String warehouse) {
        WarehouseProbe.probe(warehouse, options);
    }

    private TableRoom room(String location) throws IOException {
        String directory = location.replaceFirst("/+$", "");
        WarehouseFiles files = warehouses.of(directory);
        return new TableRoom(files.resolvePath(directory), files, DefaultEngine.create(files), clock);
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
