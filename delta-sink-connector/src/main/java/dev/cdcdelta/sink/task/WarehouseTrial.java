package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.table.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trial of a warehouse, which no table is opened before. A store that is too busy for it is tried again when tables are opened. */
final class WarehouseTrial {
    private static final Logger LOG = LoggerFactory.getLogger(WarehouseTrial.class);

    private final Runnable probe;
    private boolean passed;

    /** @param probe throws a {@link StorageException} if the store is too busy */
    WarehouseTrial(Runnable probe) {
        this.probe = probe;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if the warehouse cannot be used as it is configured */
    void begin() {
        try {
            require();
        } catch (StorageException e) {
            LOG.warn("The warehouse could not be tried; it is tried again before a table is opened", e);
        }
    }

    /**
     * Tries the warehouse unless it has passed.
     *
     * @throws StorageException if the store is still too busy
     * @throws org.apache.kafka.common.config.ConfigException if the warehouse cannot be used as it is configured
     */
    void require() {
        if (!passed) {
            probe.run();
            passed = true;
        }
    }
}
