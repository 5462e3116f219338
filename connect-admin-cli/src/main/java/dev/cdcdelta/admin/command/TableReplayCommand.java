package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.replay.ReplayTopic;
import dev.cdcdelta.admin.replay.TableReplay;
import dev.cdcdelta.admin.table.Warehouse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Documents of a table as events of a topic. */
@Command(
        name = "replay",
        description = {
            "Write every document of a table to a topic, as a snapshot of MongoDB would.",
            "",
            "The table keeps its documents whole (document.text=true). Their events carry the source versions that the rows have, so"
                    + " a new table that reads them beside the running stream takes the newest of both. See"
                    + " docs/how-to/rebuild.md.",
            ""
        })
final class TableReplayCommand implements Callable<Integer> {
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(60);

    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

    @Option(
            names = "--topic",
            required = true,
            paramLabel = "TOPIC",
            description = "Topic to write to, such as replay.testdb.users; best one of its own, created before.")
    private String topic = "";

    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        String bootstrapServers = where.context()
                .bootstrap()
                .orElseThrow(() -> CommandException.usage(
                        "No Kafka is known to write the events to.",
                        "Give --bootstrap-servers HOST:PORT, or a context file with bootstrapServers."));
        try (Warehouse warehouse = where.warehouse()) {
            Warehouse.Found found = warehouse.require(name);
            List<String> segments = found.name().segments();
            String collection = segments.get(segments.size() - 1);
            String database = segments.size() > 1 ? segments.get(segments.size() - 2) : collection;
            TableReplay replay = new TableReplay(found.table(), database, collection);
            try (ReplayTopic events = ReplayTopic.connect(bootstrapServers, topic, KAFKA_TIMEOUT)) {
                TableReplay.Result result =
                        replay.run(events, rows -> spec.commandLine().getErr().println(rows + " rows"));
                output.write(new Report.Facts(facts(result)));
            }
        }
        return ExitCode.OK.number();
    }

    private Map<String, @Nullable Object> facts(TableReplay.Result result) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("topic", topic);
        facts.put("version", result.version());
        facts.put("rows", result.rows());
        facts.put("deletedRows", result.deleted());
        facts.put("events", result.events());
        return facts;
    }
}
