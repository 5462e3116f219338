package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;

/** The tables ask nothing of their writers that the sink does not do. */
public final class TableCheck implements Check {
    private final Supplier<Set<String>> locations;
    private final Function<String, Optional<DeltaTable>> tables;

    /** @param locations of the tables that the sink writes */
    public TableCheck(Supplier<Set<String>> locations, Function<String, Optional<DeltaTable>> tables) {
        this.locations = locations;
        this.tables = tables;
    }

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public List<Diagnosis> run() {
        List<Diagnosis> all = new ArrayList<>();
        for (String location : locations.get()) {
            Optional<DeltaTable> table = tables.apply(location);
            all.add(
                    table.isEmpty()
                            ? Diagnosis.warning(
                                    name(),
                                    "There is no table at " + location + " yet.",
                                    "The sink creates it with its first commit.",
                                    "If events are waiting (see 'topics'), look at the state of the sink.")
                            : examined(table.get()));
        }
        if (all.isEmpty()) {
            all.add(Diagnosis.skipped(name(), "The sink has no topic yet, so it has no table.", ""));
        }
        return all;
    }

    private Diagnosis examined(DeltaTable table) {
        try {
            table.requireWritable();
        } catch (ConfigException e) {
            return Diagnosis.failed(
                    name(),
                    String.valueOf(e.getMessage()),
                    "Another program has changed the table's features or properties.",
                    "Take the feature or property back, or have the sink write a new table.");
        }
        if (CdcColumns.indexOf(table.snapshot().columns(), CdcColumns.TIME) < 0) {
            return Diagnosis.failed(
                    name(),
                    "The table at " + table.location() + " has no column " + CdcColumns.TIME + ".",
                    "Another program made it, and the sink refuses such tables.",
                    "Point table.name of the sink to another place, or move that table away.");
        }
        return Diagnosis.ok(
                name(),
                table.location() + ", version " + table.snapshot().version() + ", " + table.snapshot().files().size()
                        + " files.");
    }
}
