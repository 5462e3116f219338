package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Goal;
import dev.cdcdelta.admin.pipeline.RunningWait;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A verb that changes the state of connectors, and can wait for it. */
abstract class StateVerb implements Callable<Integer> {
    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** @throws dev.cdcdelta.admin.failure.CommandException if what the command line names is not there */
    abstract List<String> connectors(ConnectHttp http);

    /** Empty if there is no such connector; else what was asked for, in a word. */
    abstract Optional<String> apply(Connectors connectors, String name);

    abstract Goal goal();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        List<String> names = connectors(http);
        var connectors = new Connectors(http);
        List<List<Object>> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(List.of(name, apply(connectors, name).orElseThrow(() -> ConnectorLookup.missing(name))));
        }
        if (wait.isWanted()) {
            RunningWait.within(connectors, wait.timeout()).until(names, goal());
        }
        output.write(new Report.Rows(List.of("connector", "result"), rows));
        return ExitCode.OK.number();
    }

    /** Connect takes the request and carries it out a moment later. */
    static Optional<String> taken(boolean there, String result) {
        return there ? Optional.of(result) : Optional.empty();
    }
}
