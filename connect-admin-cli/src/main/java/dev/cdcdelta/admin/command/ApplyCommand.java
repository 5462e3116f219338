package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.pipeline.ConfigChange;
import dev.cdcdelta.admin.pipeline.Ownership;
import dev.cdcdelta.admin.pipeline.PipelineWriter;
import dev.cdcdelta.admin.pipeline.RunningWait;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the cluster what files say. */
@Command(
        name = "apply",
        description = {
            "Make the connectors of the cluster what files say: create, update, and with --prune delete.",
            "",
            "All configurations are validated before the first is written. What is equal is left alone, so that a second run"
                    + " changes nothing. Each connector gets the key " + Ownership.KEY
                    + ", by which --prune knows what is"
                    + " its own to delete.",
            ""
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private ManifestOptions manifest = new ManifestOptions();

    @Mixin
    private OwnerOptions owner = new OwnerOptions();

    @Option(names = "--dry-run", description = "Validate, show what would be done, and do nothing.")
    private boolean dryRun;

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Ownership ownership = owner.ownership();
        List<Map<String, String>> configs = ownership.mark(manifest.configs(where.context()));
        ConnectHttp http = where.connect();
        var connectors = new Connectors(http);
        var writer = new PipelineWriter(connectors, new ConnectorPlugins(http));
        List<ConfigChange> obsolete = owner.isPruned() ? ownership.obsolete(connectors.all(), configs) : List.of();
        writer.requireValid(configs);
        List<ConfigChange> changes = new ArrayList<>(dryRun ? writer.plan(configs) : writer.write(configs));
        changes.addAll(obsolete);
        if (!dryRun) {
            obsolete.forEach(change -> connectors.delete(change.connector()));
            if (wait.isWanted()) {
                RunningWait.within(connectors, wait.timeout())
                        .until(configs.stream()
                                .map(config -> config.getOrDefault("name", ""))
                                .toList());
            }
        }
        output.write(ChangeReport.brief(changes));
        return ExitCode.OK.number();
    }
}
