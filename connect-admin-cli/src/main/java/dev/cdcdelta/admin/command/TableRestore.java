package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.table.TableDescription;
import dev.cdcdelta.admin.table.TablePast;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What going back would mean. */
@Command(
        name = "restore",
        description = {
            "Show what going back to an earlier version of a table would change. Nothing is written.",
            "",
            "To go back, stop the sink and run RESTORE TABLE in Spark or delta-rs: the offsets in the table stay those of the newest"
                    + " version there, so the sink goes on where it was, and what came in between has to be replayed or snapshotted.",
            ""
        })
final class TableRestore implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

    @Mixin
    private PastOptions past = new PastOptions();

    @Option(names = "--dry-run", required = true, description = "Required: this program only shows.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        TablePast wanted = past.past();
        if (wanted.isNow() || !dryRun) {
            throw CommandException.usage(
                    "No earlier version is named.", "Give --version N or --as-of TIME, with --dry-run.");
        }
        try (Warehouse warehouse = where.warehouse()) {
            Warehouse.Found found = warehouse.require(name);
            output.write(new Report.Facts(
                    facts(found.table().snapshot(), warehouse.at(found.table(), wanted).snapshot())));
        }
        return ExitCode.OK.number();
    }

    private static Map<String, Object> facts(TableSnapshot now, TableSnapshot then) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", now.version());
        facts.put("toVersion", then.version());
        facts.put("filesRemoved", missing(now, then));
        facts.put("filesAdded", missing(then, now));
        facts.put(
                "filesWithOtherDeletedRows",
                then.files().values().stream().filter(file -> hasOtherVector(file, now)).count());
        facts.put("rows", TableDescription.liveRows(now));
        facts.put("rowsThen", TableDescription.liveRows(then));
        facts.put("sameColumns", now.columns().equals(then.columns()));
        return facts;
    }

    private static long missing(TableSnapshot from, TableSnapshot in) {
        return from.files().keySet().stream()
                .filter(path -> !in.files().containsKey(path))
                .count();
    }

    private static boolean hasOtherVector(DataFile file, TableSnapshot now) {
        DataFile there = now.files().get(file.path());
        return there != null && !there.deletionVector().equals(file.deletionVector());
    }
}
