package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.Loggers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The level of one logger. */
@Command(name = "get", description = "Show the level of a logger of the worker.")
final class LoggersGet implements Callable<Integer> {
    @Parameters(paramLabel = "LOGGER", description = "Name of the logger, or root.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Loggers.Level level = new Loggers(where.connect()).find(name).orElseThrow(() -> missing(name));
        output.write(new Report.Rows(List.of("logger", "level", "modified"), List.of(LoggersList.row(name, level))));
        return ExitCode.OK.number();
    }

    static CommandException missing(String name) {
        return new CommandException(
                ExitCode.NOT_FOUND,
                "The worker has no logger '" + name + "'.",
                "",
                "Name one that 'loggers list' shows, or a class that the worker has loaded.");
    }
}
