package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.Loggers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One line a logger. */
@Command(name = "list", description = "List the loggers of the worker that have a level of their own.")
final class LoggersList implements Callable<Integer> {
    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        new Loggers(where.connect()).all().forEach((name, level) -> rows.add(row(name, level)));
        output.write(new Report.Rows(List.of("logger", "level", "modified"), rows));
        return ExitCode.OK.number();
    }

    static List<@Nullable Object> row(String name, Loggers.Level level) {
        Long modified = level.lastModified();
        return Arrays.asList(name, level.level(), modified == null ? null : Instant.ofEpochMilli(modified));
    }
}
