package dev.cdcdelta.sink.table;

import dev.cdcdelta.sink.schema.ColumnType;
import java.util.Map;
import java.util.Optional;

/** Access to the tables of a warehouse: one object per task or program run. Tables are found by location, {@code s3a://bucket/path} or {@code file:///path}. */
public final class DeltaTables implements AutoCloseable {
    /** @param hadoopOptions settings of the file systems, such as {@code fs.s3a.endpoint}; they win over our defaults */
    public DeltaTables(Map<String, String> hadoopOptions) {
        throw new UnsupportedOperationException();
    }

    /** The table at {@code location}, or empty if there is none. */
    public Optional<DeltaTable> open(String location) {
        throw new UnsupportedOperationException();
    }

    /**
     * A new table with these columns; where somebody else creates it first, theirs.
     *
     * @param properties table properties beside those that the engine itself needs
     */
    public DeltaTable create(String location, ColumnType.Struct columns, Map<String, String> properties) {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks that the warehouse is reachable with the keys given and keeps its promise of atomic creation.
     *
     * @throws org.apache.kafka.common.config.ConfigException what is wrong and how to mend it
     */
    public void probe(String warehouse) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
