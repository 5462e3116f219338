package dev.cdcdelta.sink.table.storage;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** The storages that locations name, each opened once. */
public final class Warehouses implements Closeable {
    private final Map<String, String> options;
    private final Map<URI, WarehouseFiles> opened = new HashMap<>();

    public Warehouses(Map<String, String> options) {
        this.options = Map.copyOf(options);
    }

    /**
     * The storage of a table or warehouse.
     *
     * @throws ConfigException for a location that names no storage that we can write to
     */
    public synchronized WarehouseFiles of(String location) throws IOException {
        URI storage = storage(location);
        WarehouseFiles files = opened.get(storage);
        if (files == null) {
            files = storage.getScheme().equals("file") ? new LocalFiles() : ObjectStoreFiles.open(storage, options);
            opened.put(storage, files);
        }
        return files;
    }

    /** The bucket, or {@code file:///}. */
    static URI storage(String location) {
        if (location.startsWith("file:/")) {
            return URI.create("file:///");
        }
        if (location.startsWith("s3a://")) {
            String bucket = location.substring("s3a://".length()).replaceFirst("/.*", "");
            if (!bucket.isEmpty()) {
                return URI.create("s3a://" + bucket);
            }
        }
        throw new ConfigException(
                "The location " + location
                        + " names no storage that can be written to. Give s3a://bucket/path (also for s3:// addresses) or file:///path.");
    }

    @Override
    public synchronized void close() throws IOException {
        for (WarehouseFiles files : opened.values()) {
            files.close();
        }
        opened.clear();
    }
}
