package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.context.Secret;
import dev.cdcdelta.admin.deadletter.DeadLetterQueue;
import dev.cdcdelta.admin.doctor.CaptureCheck;
import dev.cdcdelta.admin.doctor.Check;
import dev.cdcdelta.admin.doctor.ClockCheck;
import dev.cdcdelta.admin.doctor.ConnectorStateCheck;
import dev.cdcdelta.admin.doctor.ConverterCheck;
import dev.cdcdelta.admin.doctor.DeadLetterCheck;
import dev.cdcdelta.admin.doctor.Examination;
import dev.cdcdelta.admin.doctor.HeapCheck;
import dev.cdcdelta.admin.doctor.IsolationCheck;
import dev.cdcdelta.admin.doctor.MongoDeployment;
import dev.cdcdelta.admin.doctor.MongoSide;
import dev.cdcdelta.admin.doctor.OplogWindowCheck;
import dev.cdcdelta.admin.doctor.PluginsCheck;
import dev.cdcdelta.admin.doctor.PreImageCheck;
import dev.cdcdelta.admin.doctor.ReachCheck;
import dev.cdcdelta.admin.doctor.ReplicaSetCheck;
import dev.cdcdelta.admin.doctor.SourcePosition;
import dev.cdcdelta.admin.doctor.TableCheck;
import dev.cdcdelta.admin.doctor.TopicRetentionCheck;
import dev.cdcdelta.admin.doctor.TopicStates;
import dev.cdcdelta.admin.doctor.UserRightsCheck;
import dev.cdcdelta.admin.doctor.WarehouseCheck;
import dev.cdcdelta.admin.lag.KafkaOffsets;
import dev.cdcdelta.admin.lag.PipelineTopics;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.pipeline.SinkTemplate;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectWorker;
import dev.cdcdelta.admin.rest.ConnectorOffsets;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import dev.cdcdelta.admin.rest.Connectors;
import dev.cdcdelta.admin.topic.TopicScan;
import dev.cdcdelta.sink.SinkVersion;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Opens what the doctor's checks look at, and puts the checks in their order. */
final class Consultation implements AutoCloseable {
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(15);

    private final Context context;
    private final ConnectHttp http;
    private final Examination examination;
    private final Clock clock;
    private final DeltaTables tables;
    private @Nullable MongoDeployment mongo;

    Consultation(ContextOptions where, Examination examination, Clock clock) {
        this.context = where.context();
        this.http = where.connect();
        this.examination = examination;
        this.clock = clock;
        this.tables = new DeltaTables(context.storage().options());
    }

    /** @return whether Connect answers, so that its connectors can be asked for */
    boolean connect(OptionalLong heap) {
        ReachCheck gate = new ReachCheck(
                "connect",
                () -> Optional.of("Version " + new ConnectWorker(http).info().version() + " at " + http.address()),
                "");
        examination.group(
                "connect",
                gate,
                List.of(
                        new PluginsCheck(() -> new ConnectorPlugins(http).all(), SinkVersion.get()),
                        new ClockCheck("connect", http::time, clock),
                        new HeapChecks(heap)));
        return !examination.hasFailures()
                || examination.entries().get(0).diagnosis().isOk();
    }

    /** The sinks are asked for only once the gate is passed. */
    private final class HeapChecks implements Check {
        private final OptionalLong heap;

        HeapChecks(OptionalLong heap) {
            this.heap = heap;
        }

        @Override
        public String name() {
            return "heap";
        }

        @Override
        public List<dev.cdcdelta.admin.doctor.Diagnosis> run() {
            List<HeapCheck.Sink> sinks = new ArrayList<>();
            for (ConnectorSummary each : new Connectors(http).all().values()) {
                if (each.status() != null
                        && SinkTemplate.CONNECTOR_CLASS.equals(each.config().get("connector.class"))) {
                    sinks.add(new HeapCheck.Sink(each.config(), each.status()));
                }
            }
            return new HeapCheck(sinks, heap).run();
        }
    }

    void mongodb(List<Pipeline> pipelines) {
        Secret uri = context.mongodbUri();
        String remedy = "Give --mongodb-uri, MONGODB_URI or a context with mongodbUri that can be used from this machine.";
        if (uri == null || uri.value().contains("${")) {
            examination.group("mongodb", new ReachCheck("replica set", Optional::empty, remedy), List.of());
            return;
        }
        try {
            mongo = new MongoDeployment(uri.value());
        } catch (dev.cdcdelta.admin.failure.CommandException e) {
            examination.group(
                    "mongodb",
                    new ReachCheck(
                            "replica set",
                            () -> {
                                throw e;
                            },
                            remedy),
                    List.of());
            return;
        }
        MongoSide side = mongo;
        examination.group(
                "mongodb",
                new ReplicaSetCheck(side),
                List.of(new ClockCheck("mongodb", () -> Optional.ofNullable(side.member().time()), clock)));
        for (Pipeline pipeline : pipelines) {
            if (pipeline.source() != null) {
                Map<String, String> source = pipeline.source().config();
                examination.group(
                        pipeline.name().value(),
                        new OplogWindowCheck(side, () -> position(pipeline.name().source())),
                        List.of());
                examination.group(pipeline.name().value(), new UserRightsCheck(side, source), List.of());
                examination.group(pipeline.name().value(), new PreImageCheck(side, source), List.of());
            }
        }
    }

    private Optional<Instant> position(String source) {
        return new ConnectorOffsets(http).of(source).flatMap(SourcePosition::of);
    }

    void storage() {
        String warehouse = context.warehouse();
        examination.group(
                "storage",
                warehouse == null
                        ? new ReachCheck(
                                "storage", Optional::empty, "Give --warehouse, WAREHOUSE or a context with a warehouse.")
                        : new WarehouseCheck(warehouse, tables::probe),
                List.of());
    }

    void pipeline(Pipeline pipeline) {
        String subject = pipeline.name().value();
        Map<String, String> source = config(pipeline.source());
        Map<String, String> sink = config(pipeline.sink());
        alone(subject, new ConnectorStateCheck(pipeline.name().source(), pipeline.source()));
        alone(subject, new ConnectorStateCheck(pipeline.name().sink(), pipeline.sink()));
        if (pipeline.source() != null && pipeline.sink() != null) {
            alone(subject, new ConverterCheck(source, sink));
            alone(subject, new CaptureCheck(source, sink));
        }
        if (pipeline.sink() != null) {
            alone(subject, new IsolationCheck(sink));
            topics(pipeline, sink);
        }
    }

    private void topics(Pipeline pipeline, Map<String, String> sink) {
        String subject = pipeline.name().value();
        Optional<String> kafka = context.bootstrap();
        ReachCheck gate = new ReachCheck(
                "kafka",
                () -> kafka.map(servers -> {
                    try (KafkaOffsets offsets = KafkaOffsets.connect(servers, KAFKA_TIMEOUT)) {
                        return offsets.topics(java.util.regex.Pattern.compile(".*")).size() + " topics at " + servers;
                    }
                }),
                "Give --bootstrap-servers, or a context with bootstrapServers.");
        List<Check> checks = new ArrayList<>();
        kafka.ifPresent(servers -> {
            checks.add(new TopicRetentionCheck(
                    () -> {
                        try (KafkaOffsets offsets = KafkaOffsets.connect(servers, KAFKA_TIMEOUT)) {
                            return TopicStates.of(new LagSource(context).of(pipeline), offsets);
                        }
                    },
                    sink,
                    clock));
            checks.add(new DeadLetterCheck(sink, topic -> {
                try (TopicScan scan = TopicScan.connect(servers)) {
                    return new DeadLetterQueue(scan, topic).open();
                }
            }));
            checks.add(new TableCheck(() -> locations(servers, sink), tables::open));
        });
        examination.group(subject, gate, checks);
    }

    private static Set<String> locations(String servers, Map<String, String> sink) {
        PipelineTopics topics = new PipelineTopics(sink);
        Set<String> locations = new TreeSet<>();
        try (KafkaOffsets offsets = KafkaOffsets.connect(servers, KAFKA_TIMEOUT)) {
            topics.names(offsets).forEach(topic -> locations.add(topics.tableLocation(topic)));
        }
        return locations;
    }

    private void alone(String subject, Check check) {
        examination.group(subject, check, List.of());
    }

    private static Map<String, String> config(@Nullable ConnectorSummary connector) {
        return connector == null ? Map.of() : connector.config();
    }

    @Override
    public void close() {
        try (DeltaTables all = tables) {
            if (mongo != null) {
                mongo.close();
            }
        }
    }
}
