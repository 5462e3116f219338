package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.CollectionFilter;
import dev.cdcdelta.admin.pipeline.ConfigChange;
import dev.cdcdelta.admin.pipeline.PipelineName;
import dev.cdcdelta.admin.pipeline.PipelineSpec;
import dev.cdcdelta.admin.pipeline.PipelineWriter;
import dev.cdcdelta.admin.pipeline.RunningWait;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes both connectors of a pipeline and waits until they run. */
@Command(
        name = "create",
        description = {
            "Create a pipeline, or bring an existing one up to date.",
            "",
            "Writes two connectors, <name>-source (Debezium: snapshot, then changes with the whole document) and"
                    + " <name>-sink (SchemaEvolution transform, Delta sink), after Connect has validated both, and waits until"
                    + " both run. The topics are <name>.<database>.<collection>: the name is the source's topic.prefix."
                    + " The same command again changes nothing; with other options it says what it changed.",
            ""
        })
final class PipelineCreate implements Callable<Integer> {
    @Option(names = "--database", required = true, paramLabel = "NAME", description = "Database of the collections.")
    private String database = "";

    @Option(
            names = "--collection",
            required = true,
            paramLabel = "NAME",
            description = "Collection, or a regular expression over names ('order.*'); repeatable.")
    private List<String> collections = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the pipeline (<database>-<collection>; <database> for several collections).")
    private @Nullable String name;

    @Option(
            names = "--set",
            paramLabel = "source|sink|reconciliation.KEY=VALUE",
            description = "Setting of a connector that wins over the template; without a value it takes the key out;"
                    + " repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--tasks",
            defaultValue = "1",
            paramLabel = "N",
            description = "Most tasks of the sink, and partitions of each topic that is created (1).")
    private int tasks;

    @Option(
            names = "--dlq",
            description =
                    "Send documents that cannot be mapped to the topic <name>-dlq with the reason in their headers"
                            + " (errors.tolerance=all). Without it such a document stops the task (errors.tolerance=none).")
    private boolean deadLetters;

    @Option(
            names = "--reconcile",
            description =
                    "Also write <name>-reconciliation, which holds tables against collections when it is asked to, or by"
                            + " --set reconciliation.schedule=CRON.")
    private boolean reconciles;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long to wait until the pipeline runs (120).")
    private long timeoutSeconds;

    @Option(names = "--dry-run", description = "Show both configurations and write nothing.")
    private boolean dryRun;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Context context = where.context();
        PipelineSpec spec = spec();
        List<Map<String, String>> configs = spec.configs(context);
        if (dryRun) {
            output.write(ShownConfig.sections(configs));
            return ExitCode.OK.number();
        }
        ConnectHttp http = where.connect();
        var connectors = new Connectors(http);
        List<ConfigChange> changes = new PipelineWriter(connectors, new ConnectorPlugins(http)).write(configs);
        RunningWait.within(connectors, Duration.ofSeconds(timeoutSeconds))
                .until(changes.stream().map(ConfigChange::connector).toList());
        output.write(report(changes));
        return ExitCode.OK.number();
    }

    private PipelineSpec spec() {
        List<CollectionFilter> filters =
                collections.stream().map(CollectionFilter::new).toList();
        PipelineName pipeline = PipelineSpec.name(Optional.ofNullable(name), database, filters);
        return new PipelineSpec(
                pipeline,
                database,
                filters,
                tasks,
                deadLetters,
                settings("source."),
                settings("sink."),
                reconciles ? settings("reconciliation.") : null);
    }

    private Map<String, String> settings(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0 || !setting.matches("(?s)(source|sink|reconciliation)\\.[^=]+=.*")) {
                throw CommandException.usage(
                        "--set takes source.KEY=VALUE or sink.KEY=VALUE, not '"
                                + (equals < 0 ? setting : setting.substring(0, equals)) + "'.",
                        "For example --set sink.commit.interval.ms=5000.");
            }
            if (setting.startsWith(prefix)) {
                found.put(setting.substring(prefix.length(), equals), setting.substring(equals + 1));
            }
        }
        return found;
    }

    private static Report report(List<ConfigChange> changes) {
        return new Report.Rows(
                List.of("connector", "action", "state", "changes"),
                changes.stream()
                        .map(change -> List.<Object>of(
                                change.connector(),
                                change.action().toString(),
                                "RUNNING",
                                change.action() == ConfigChange.Action.CREATED ? List.of() : change.keys()))
                        .toList());
    }
}
