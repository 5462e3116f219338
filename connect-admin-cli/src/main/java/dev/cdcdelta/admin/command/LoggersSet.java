package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.Loggers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets the level of a logger. */
@Command(name = "set", description = "Set the level of a logger and those below it, until the worker is restarted.")
final class LoggersSet implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "LOGGER", description = "Name of the logger, or root.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "LEVEL", description = "TRACE, DEBUG, INFO, WARN, ERROR or OFF.")
    private String level = "";

    @Option(names = "--worker", description = "On the worker that answers alone, instead of all workers.")
    private boolean worker;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        String wanted = level.toUpperCase(Locale.ROOT);
        if (!new Loggers(where.connect()).set(name, wanted, !worker)) {
            throw LoggersGet.missing(name);
        }
        output.write(new Report.Rows(
                List.of("logger", "level", "scope"), List.of(List.of(name, wanted, worker ? "worker" : "cluster"))));
        return ExitCode.OK.number();
    }
}
