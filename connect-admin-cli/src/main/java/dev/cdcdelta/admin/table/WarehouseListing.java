package dev.cdcdelta.admin.table;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the tables below a warehouse: folders with a {@code _delta_log}. One listing a folder, none inside a table. */
final class WarehouseListing {
    private static final String LOG = "_delta_log";
    /** {@code database/collection} is two; a template of one's own may nest deeper. */
    private static final int DEEPEST = 4;

    private WarehouseListing() {}

    static List<TableName> tables(String warehouse, Map<String, String> hadoopOptions) {
        var configuration = new Configuration(false);
        hadoopOptions.forEach(configuration::set);
        var root = new Path(warehouse);
        try (FileSystem fileSystem = FileSystem.newInstance(root.toUri(), configuration)) {
            List<TableName> found = new ArrayList<>();
            collect(fileSystem, root, List.of(), found);
            return found;
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "The warehouse " + warehouse + " cannot be listed.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Check the address, the endpoint and the keys in the context (--context, --warehouse, --s3-endpoint).",
                    e);
        }
    }

    private static void collect(FileSystem fileSystem, Path folder, List<String> segments, List<TableName> found)
            throws IOException {
        FileStatus[] children = fileSystem.listStatus(folder);
        if (!segments.isEmpty() && hasLog(children)) {
            found.add(new TableName(segments));
            return;
        }
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (child.isDirectory() && segments.size() < DEEPEST && !name.startsWith("_") && !name.startsWith(".")) {
                var deeper = new ArrayList<>(segments);
                deeper.add(name);
                collect(fileSystem, child.getPath(), deeper, found);
            }
        }
    }

    private static boolean hasLog(FileStatus[] children) {
        for (FileStatus child : children) {
            if (child.isDirectory() && child.getPath().getName().equals(LOG)) {
                return true;
            }
        }
        return false;
    }
}
