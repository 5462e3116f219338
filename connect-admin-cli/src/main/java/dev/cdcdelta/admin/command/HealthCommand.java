package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.SinkTemplate;
import dev.cdcdelta.admin.pipeline.SourceTemplate;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectWorker;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Is everything as it should be? */
@Command(
        name = "health",
        description = {
            "Check that Connect answers, has the plugins, and that all connectors and tasks run.",
            "Ends with 1 if a check fails, with 3 if Connect does not answer."
        })
final class HealthCommand implements Callable<Integer> {
    private static final List<String> PLUGINS =
            List.of(SourceTemplate.CONNECTOR_CLASS, SinkTemplate.CONNECTOR_CLASS, SinkTemplate.TRANSFORM_CLASS);

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private record Check(String subject, boolean passed, String detail) {}

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "connect", true, "version " + new ConnectWorker(http).info().version() + " at " + http.address()));
        addPlugins(checks, new ConnectorPlugins(http).all());
        new Connectors(http).all().forEach((name, connector) -> checks.add(check(name, connector)));
        output.write(new Report.Rows(
                List.of("check", "result", "detail"),
                checks.stream()
                        .map(check -> List.of(check.subject(), check.passed() ? "ok" : "failed", check.detail()))
                        .toList()));
        return (checks.stream().allMatch(Check::passed) ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }

    private static void addPlugins(List<Check> checks, List<ConnectorPlugins.Plugin> plugins) {
        for (String wanted : PLUGINS) {
            checks.add(plugins.stream()
                    .filter(plugin -> plugin.className().equals(wanted))
                    .findFirst()
                    .map(plugin -> new Check("plugin " + wanted, true, "version " + plugin.version()))
                    .orElseGet(() -> new Check("plugin " + wanted, false, "not in the workers' plugin.path")));
        }
    }

    private static Check check(String name, ConnectorSummary connector) {
        String subject = "connector " + name;
        ConnectorStatus status = connector.status();
        if (status == null) {
            return new Check(subject, false, "not assigned to a worker");
        }
        String tasks = status.connector().state() + ", " + status.runningTasks() + " of "
                + status.tasks().size() + " tasks running";
        String problem = status.failure()
                .map(ConnectorStatus.Part::firstTraceLine)
                .filter(line -> !line.isEmpty())
                .map(line -> ": " + line)
                .orElse("");
        return new Check(subject, status.running(), tasks + problem);
    }
}
