package dev.cdcdelta.sink.table.storage;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.common.config.ConfigException;

/** The storages that locations name, each opened once. */
public final class Warehouses implements Closeable {
    private static final Pattern REMOTE = Pattern.compile("(s3a|gs)://[^/@]+|abfss://[^/@]+@[^/@]+");

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
            files = open(storage, ObjectStoreSettings.configuration(options));
            opened.put(storage, files);
        }
        return files;
    }

    /** @param storage one of {@link #storage} */
    static WarehouseFiles open(URI storage, Configuration configuration) throws IOException {
        if (storage.getScheme().equals("file")) {
            return new LocalFiles();
        }
        Optional<AddedStore> added = AddedStore.of(storage.getScheme());
        return added.isPresent()
                ? HadoopFiles.open(storage, added.get(), configuration)
                : ObjectStoreFiles.open(storage, configuration);
    }

    /** The bucket or container, or {@code file:///}. */
    static URI storage(String location) {
        if (location.startsWith("file:/")) {
            return URI.create("file:///");
        }
        Matcher remote = REMOTE.matcher(location);
        if (remote.lookingAt()) {
            return URI.create(remote.group());
        }
        throw new ConfigException("The location " + location
                + " names no storage that can be written to. Give s3a://bucket/path (also for s3:// addresses),"
                + " abfss://container@account.dfs.core.windows.net/path, gs://bucket/path or file:///path.");
    }

    @Override
    public synchronized void close() throws IOException {
        for (WarehouseFiles files : opened.values()) {
            files.close();
        }
        opened.clear();
    }
}
