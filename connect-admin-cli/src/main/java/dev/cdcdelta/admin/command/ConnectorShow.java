package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Everything about one connector. */
@Command(
        name = "show",
        description = "Show a connector: what it is, its tasks, topics and configuration (secrets hidden).")
final class ConnectorShow implements Callable<Integer> {
    @Parameters(
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Name of the connector.")
    private String name = "";

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Connectors connectors = new Connectors(where.connect());
        ConnectorSummary.Info info = connectors.info(name).orElseThrow(() -> ConnectorLookup.missing(name));
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", info.name());
        facts.put("type", info.type());
        facts.put("class", info.config().get("connector.class"));
        var rows = new StatusRows();
        rows.add(name, connectors.status(name).orElse(null));
        List<List<Object>> topics = connectors.activeTopics(name).stream()
                .map(topic -> Arrays.<Object>asList(topic))
                .toList();
        output.write(Report.Sections.of("connector", new Report.Facts(facts))
                .and("states", rows.report())
                .and("topics", new Report.Rows(List.of("topic"), topics))
                .and("config", ShownConfig.facts(info.config())));
        return ExitCode.OK.number();
    }
}
