package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.offsets.OffsetPlan;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.SinkTemplate;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorOffsets;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the verbs on offsets have in common. */
final class OffsetsView {
    private OffsetsView() {}

    static List<ConnectorOffsets.Entry> require(ConnectHttp http, String connector) {
        return new ConnectorOffsets(http)
                .of(connector)
                .orElseThrow(() -> new CommandException(
                        ExitCode.NOT_FOUND,
                        "There is no connector '" + connector + "' at " + http.address() + ".",
                        "",
                        "Name one that 'connector list' shows."));
    }

    /** The Delta sink goes by its tables, whatever Kafka keeps for its group: to change that silently would help nobody. */
    static void requireEffect(ConnectHttp http, String connector, boolean force) {
        Map<String, String> config = new Connectors(http).config(connector).orElse(Map.of());
        if (!force && SinkTemplate.CONNECTOR_CLASS.equals(config.get("connector.class"))) {
            throw new CommandException(
                    ExitCode.CHECK_FAILED,
                    "The offsets that Kafka keeps for " + connector + " are not what the sink goes by.",
                    "It reads on from the offsets within its tables; Kafka's count only for partitions of which a table has none.",
                    "To have documents written again, replay them (incremental snapshot, 'table replay', reconciliation). Give --force"
                            + " for partitions that no table has yet.");
        }
    }

    static Report steps(OffsetPlan plan, String result) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (OffsetPlan.Step step : plan.steps()) {
            rows.add(Arrays.asList(step.partition(), step.before(), step.after(), step.changes() ? result : "unchanged"));
        }
        return new Report.Rows(List.of("partition", "before", "after", "result"), rows);
    }
}
