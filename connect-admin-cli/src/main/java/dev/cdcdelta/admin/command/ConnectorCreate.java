package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.PipelineWriter;
import dev.cdcdelta.admin.pipeline.RunningWait;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates connectors that are not there yet. */
@Command(
        name = "create",
        description =
                "Create the connectors of a file, after Connect has validated all of them; none of them may be there.")
final class ConnectorCreate implements Callable<Integer> {
    @Mixin
    private ManifestOptions manifest = new ManifestOptions();

    @Option(names = "--dry-run", description = "Show the configurations (secrets hidden) and write nothing.")
    private boolean dryRun;

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<Map<String, String>> configs = manifest.configs(where.context());
        if (dryRun) {
            output.write(ShownConfig.sections(configs));
            return ExitCode.OK.number();
        }
        ConnectHttp http = where.connect();
        var connectors = new Connectors(http);
        List<String> names =
                configs.stream().map(config -> config.getOrDefault("name", "")).toList();
        connectors.names().stream().filter(names::contains).findFirst().ifPresent(name -> {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "There is a connector '" + name + "' already; none was created.",
                    "",
                    "Use 'connector update' or 'apply', or another name.");
        });
        new PipelineWriter(connectors, new ConnectorPlugins(http)).requireValid(configs);
        configs.forEach(config -> connectors.create(config.getOrDefault("name", ""), config));
        if (wait.isWanted()) {
            RunningWait.within(connectors, wait.timeout()).until(names);
        }
        output.write(new Report.Rows(
                List.of("connector", "result"),
                names.stream().map(name -> List.of(name, "created")).toList()));
        return ExitCode.OK.number();
    }
}
