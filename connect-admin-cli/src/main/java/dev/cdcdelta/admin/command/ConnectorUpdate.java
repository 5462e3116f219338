package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.pipeline.ConfigChange;
import dev.cdcdelta.admin.pipeline.PipelineWriter;
import dev.cdcdelta.admin.pipeline.RunningWait;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes single keys of a connector. */
@Command(
        name = "update",
        description = {
            "Change keys of a connector, after Connect has validated the whole. Whole configurations: 'apply'.",
            "An equal configuration is not written: writing restarts the tasks."
        })
final class ConnectorUpdate implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @Option(
            names = "--set",
            required = true,
            paramLabel = "KEY=VALUE",
            description = "New value of a key; an empty one takes it out. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show what would change and write nothing.")
    private boolean dryRun;

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        var connectors = new Connectors(http);
        Map<String, String> config =
                new LinkedHashMap<>(connectors.config(name).orElseThrow(() -> ConnectorLookup.missing(name)));
        config.put("name", name);
        settings.forEach(setting -> set(config, setting));
        var writer = new PipelineWriter(connectors, new ConnectorPlugins(http));
        List<ConfigChange> changes = dryRun ? writer.plan(List.of(config)) : writer.write(List.of(config));
        if (wait.isWanted() && !dryRun) {
            RunningWait.within(connectors, wait.timeout()).until(List.of(name));
        }
        output.write(ChangeReport.detailed(changes));
        return ExitCode.OK.number();
    }

    private static void set(Map<String, String> config, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw CommandException.usage(
                    "--set takes KEY=VALUE; one has no '=' behind a key.", "For example --set tasks.max=2.");
        }
        String value = setting.substring(equals + 1);
        if (value.isEmpty()) {
            config.remove(setting.substring(0, equals));
        } else {
            config.put(setting.substring(0, equals), value);
        }
    }
}
