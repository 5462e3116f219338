package dev.cdcdelta.admin.table;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the tables below a warehouse: folders with a {@code _delta_log}. One listing a folder, none inside a table. */
final class WarehouseListing {
    private static final String LOG = "_delta_log";

    /** {@code database/collection} is two; a template of one's own may nest deeper. */
    private static final int DEEPEST = 4;

    private WarehouseListing() {}

    static List<TableName> tables(String warehouse, Map<String, String> hadoopOptions) {
        List<TableName> found = new ArrayList<>();
        try (Folders folders = Folders.of(warehouse, hadoopOptions)) {
            collect(folders, List.of(), found);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "The warehouse " + warehouse + " cannot be listed.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Check the address, the endpoint and the keys in the context (--context, --warehouse, --s3-endpoint).",
                    e);
        }
        return found;
    }

    private static void collect(Folders folders, List<String> path, List<TableName> found) throws IOException {
        List<String> children = folders.below(path);
        if (!path.isEmpty() && children.contains(LOG)) {
            found.add(new TableName(path));
            return;
        }
        for (String child : children) {
            if (path.size() < DEEPEST && !child.startsWith("_") && !child.startsWith(".")) {
                var deeper = new ArrayList<>(path);
                deeper.add(child);
                collect(folders, deeper, found);
            }
        }
    }
}
