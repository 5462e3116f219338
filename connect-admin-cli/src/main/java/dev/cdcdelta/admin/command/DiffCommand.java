package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.pipeline.ConfigChange;
import dev.cdcdelta.admin.pipeline.Ownership;
import dev.cdcdelta.admin.pipeline.PipelineWriter;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what apply would do. */
@Command(
        name = "diff",
        description = {
            "Show what 'apply' would change, key by key; values of secrets are hidden.",
            "Ends with 1 if there is a difference."
        })
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private ManifestOptions manifest = new ManifestOptions();

    @Mixin
    private OwnerOptions owner = new OwnerOptions();

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
        List<ConfigChange> changes =
                new ArrayList<>(new PipelineWriter(connectors, new ConnectorPlugins(http)).plan(configs));
        if (owner.isPruned()) {
            changes.addAll(ownership.obsolete(connectors.all(), configs));
        }
        output.write(ChangeReport.detailed(changes));
        boolean differs = changes.stream().anyMatch(ConfigChange::isChange);
        return (differs ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
    }
}
