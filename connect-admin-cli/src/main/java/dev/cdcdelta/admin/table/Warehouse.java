package dev.cdcdelta.admin.table;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables below one location. */
public final class Warehouse implements AutoCloseable {
    private final String location;
    private final Map<String, String> hadoopOptions;
    private final DeltaTables tables;
    private @Nullable List<TableName> listed;

    public Warehouse(String location, Map<String, String> hadoopOptions) {
        this.location = location;
        this.hadoopOptions = Map.copyOf(hadoopOptions);
        this.tables = new DeltaTables(this.hadoopOptions);
    }

    /** A table that was found, and the name that it goes by. */
    public record Found(TableName name, DeltaTable table) {}

    /** All tables, in the order of their names; listed once. */
    public List<TableName> names() {
        List<TableName> names = listed;
        if (names == null) {
            names = WarehouseListing.tables(location, hadoopOptions).stream()
                    .sorted(Comparator.comparing(TableName::toString))
                    .toList();
            listed = names;
        }
        return names;
    }

    public Optional<DeltaTable> open(TableName name) {
        return tables.open(name.location(location));
    }

    /** A table of this warehouse as it was; the files of versions that were vacuumed are gone. */
    public DeltaTable at(DeltaTable table, TablePast past) {
        return past.isNow()
                ? table
                : tables.openAt(table.location(), past.in(table)).orElse(table);
    }

    /**
     * The table that a reference means: the one at that very path, else the only one whose path ends like that.
     *
     * @param reference {@code [users]} or {@code [testdb, users]}
     */
    public Optional<Found> find(List<String> reference) {
        var exact = new TableName(reference);
        Optional<DeltaTable> direct = reference.size() > 1 ? open(exact) : Optional.empty();
        if (direct.isPresent()) {
            return Optional.of(new Found(exact, direct.get()));
        }
        List<TableName> candidates =
                names().stream().filter(name -> name.isMeantBy(reference)).toList();
        if (candidates.contains(exact)) {
            candidates = List.of(exact);
        }
        if (candidates.size() > 1) {
            throw CommandException.usage(
                    "'" + exact + "' may be any of " + joined(candidates) + ".", "Name the one you mean in full.");
        }
        return candidates.stream().findFirst().flatMap(name -> open(name).map(table -> new Found(name, table)));
    }

    /** Like {@link #find} with a name as a user types it; dots in the name of a collection are understood too. */
    public Found require(String name) {
        List<String> reference = List.of(name.split("\\."));
        Optional<Found> found = reference.isEmpty() ? Optional.empty() : find(reference);
        if (found.isEmpty()) {
            found = names().stream()
                    .filter(candidate -> candidate.toString().equals(name))
                    .findFirst()
                    .flatMap(candidate -> open(candidate).map(table -> new Found(candidate, table)));
        }
        return found.orElseThrow(() -> missing(name));
    }

    public CommandException missing(String name) {
        List<TableName> names = names();
        return new CommandException(
                ExitCode.NOT_FOUND,
                "There is no table '" + name + "' in " + location + ".",
                names.isEmpty() ? "The warehouse holds no table yet." : "It holds " + joined(names) + ".",
                "Name one of the tables that 'table list' shows; the sink creates a table with its first commit.");
    }

    private static String joined(List<TableName> names) {
        int most = 20;
        String shown = names.stream().limit(most).map(TableName::toString).collect(Collectors.joining(", "));
        return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
    }

    @Override
    public void close() {
        tables.close();
    }
}
