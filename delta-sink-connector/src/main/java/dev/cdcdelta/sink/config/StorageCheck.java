package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StorageException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Tries the warehouse of a configuration out. */
public final class StorageCheck {
    private StorageCheck() {}

    /** What is wrong with the warehouse; empty if it is fit, or nobody asked for the check. */
    public static Optional<String> problem(Map<String, String> properties) {
        SettingsReader reader = new SettingsReader(properties);
        if (!reader.validatesStorage()) {
            return Optional.empty();
        }
        try (DeltaTables tables = new DeltaTables(reader.hadoop().values())) {
            tables.probe(reader.layout().warehouse());
            return Optional.empty();
        } catch (ConfigException | StorageException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
