package dev.cdcdelta.admin.doctor;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;

/** The storage can be reached from here, and creates a file only once. */
public final class WarehouseCheck implements Check {
    private final String warehouse;
    private final Consumer<String> probe;

    /** @param probe tries a warehouse out; throws {@link ConfigException} with problem, cause and remedy */
    public WarehouseCheck(String warehouse, Consumer<String> probe) {
        this.warehouse = warehouse;
        this.probe = probe;
    }

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public List<Diagnosis> run() {
        try {
            probe.accept(warehouse);
        } catch (ConfigException e) {
            return List.of(Diagnosis.failed(
                    name(),
                    String.valueOf(e.getMessage()),
                    "Tried from this machine, with the keys of this program's context.",
                    "See docs/how-to/storage.md; 'storage check' tells more."));
        }
        return List.of(Diagnosis.ok(name(), warehouse + " is writable and creates a file only once."));
    }
}
