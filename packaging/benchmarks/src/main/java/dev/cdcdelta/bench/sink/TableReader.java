package dev.cdcdelta.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.bench.workload.ExpectedState;
import dev.cdcdelta.bench.workload.TableComparison;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The tables of a stack, as DuckDB reads their files and deletion vectors in a process of its own. */
public final class TableReader {
    private final AdminCli cli;

    /** @param stack the directory of the stack */
    public TableReader(Path stack) {
        StackDirectory directory = new StackDirectory(stack);
        cli = new AdminCli(Installation.find().adminCli(), directory.description(), directory.data("cli-cache"));
    }

    public TableComparison.Result compare(Workload workload, ExpectedState state) {
        TableComparison comparison = new TableComparison(workload, state);
        rows(workload, comparison::add);
        return comparison.result();
    }

    /** All rows of the workload's table. */
    public void rows(Workload workload, Consumer<JsonNode> consumer) {
        Workload.Namespace table = workload.namespace();
        cli.query("SELECT * FROM \"" + table.database() + "\".\"" + table.collection() + "\"", consumer);
    }

    /** How many rows a table has. */
    public long count(String database, String collection) {
        List<JsonNode> counts = new ArrayList<>();
        cli.query("SELECT count(*) AS n FROM \"" + database + "\".\"" + collection + "\"", counts::add);
        return counts.get(0).path("n").asLong();
    }

    /** The version of the table, which is the number of its commits less one. */
    public long version(Workload workload) {
        Workload.Namespace table = workload.namespace();
        List<JsonNode> description = new ArrayList<>();
        cli.rows(description::add, "table", "describe", table.database() + "." + table.collection());
        return description.get(0).findValue("version").asLong();
    }
}
