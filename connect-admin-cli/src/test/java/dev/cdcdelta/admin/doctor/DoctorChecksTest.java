package dev.cdcdelta.admin.doctor;

import static dev.cdcdelta.admin.doctor.Diagnosis.Outcome.FAILED;
import static dev.cdcdelta.admin.doctor.Diagnosis.Outcome.OK;
import static dev.cdcdelta.admin.doctor.Diagnosis.Outcome.SKIPPED;
import static dev.cdcdelta.admin.doctor.Diagnosis.Outcome.WARNING;
import static dev.cdcdelta.admin.doctor.FakeMongo.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.admin.doctor.Diagnosis.Outcome;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.rest.ConnectorOffsets;
import dev.cdcdelta.admin.rest.ConnectorPlugins.Plugin;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.admin.rest.ConnectorSummary;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check passes where all is well, and each of its findings can be brought about. */
class DoctorChecksTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Map<String, String> SOURCE = Map.of(
            "collection.include.list", "shop\\.orders,shop\\.(cust.*)",
            "capture.mode", "change_streams_update_full_with_pre_image",
            "heartbeat.interval.ms", "10000",
            "key.converter", "org.apache.kafka.connect.json.JsonConverter",
            "key.converter.schemas.enable", "false");
    private static final Map<String, String> SINK = Map.of(
            "consumer.override.isolation.level", "read_committed",
            "errors.tolerance", "all",
            "errors.deadletterqueue.topic.name", "shop-dlq",
            "errors.deadletterqueue.context.headers.enable", "true",
            "key.converter", "org.apache.kafka.connect.json.JsonConverter",
            "key.converter.schemas.enable", "false");

    @TempDir
    Path directory;

    private final FakeMongo mongo = new FakeMongo();

    private static List<Outcome> outcomes(Check check) {
        List<Diagnosis> found = check.run();
        for (Diagnosis each : found) {
            assertThat(each.check()).isEqualTo(check.name());
            if (each.outcome() == FAILED || each.outcome() == WARNING) {
                assertThat(each.problem()).endsWith(".");
                assertThat(each.remedy()).as(each.problem()).isNotEmpty();
            }
        }
        return found.stream().map(Diagnosis::outcome).toList();
    }

    private static Map<String, String> with(Map<String, String> config, String key, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(config);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }

    @Test
    void aServerOfItsOwnHasNoChangeStreams() {
        assertThat(outcomes(new ReplicaSetCheck(mongo))).containsExactly(OK);
        mongo.member = new MongoSide.Member(null, true, null, NOW);
        assertThat(outcomes(new ReplicaSetCheck(mongo))).containsExactly(OK);
        mongo.member = new MongoSide.Member(null, false, "db1:27017", NOW);
        assertThat(outcomes(new ReplicaSetCheck(mongo))).containsExactly(FAILED);
        mongo.member = new MongoSide.Member("rs0", false, null, NOW);
        assertThat(outcomes(new ReplicaSetCheck(mongo))).containsExactly(FAILED);
    }

    @Test
    void theOplogReachesBackToTheSource() {
        assertThat(outcomes(oplog(NOW.minusSeconds(60)))).containsExactly(OK);
        assertThat(outcomes(oplog(null))).containsExactly(OK);
        assertThat(outcomes(oplog(NOW.minusSeconds(60 * 3600)))).containsExactly(WARNING);
        assertThat(outcomes(oplog(NOW.minusSeconds(73 * 3600)))).containsExactly(FAILED);
        mongo.oplog = new MongoSide.OplogWindow(NOW.minusSeconds(3600), NOW);
        assertThat(outcomes(oplog(NOW))).containsExactly(WARNING);
        mongo.oplog = null;
        assertThat(outcomes(oplog(NOW))).containsExactly(SKIPPED);
    }

    private OplogWindowCheck oplog(@Nullable Instant position) {
        return new OplogWindowCheck(mongo, () -> Optional.ofNullable(position));
    }

    @Test
    void theSourcesPlaceIsThatOfItsTokenBeforeThatOfItsLastChange() {
        BsonDocument token = new BsonDocument("_data", new BsonString("826924A8C0000000012B"));
        byte[] bytes = new byte[new RawBsonDocument(token, new BsonDocumentCodec()).getByteBuffer().remaining()];
        new RawBsonDocument(token, new BsonDocumentCodec()).getByteBuffer().get(bytes);
        Map<String, Object> offset =
                Map.of("sec", 1_700_000_000L, "resume_token", Base64.getEncoder().encodeToString(bytes));

        assertThat(SourcePosition.of(List.of(new ConnectorOffsets.Entry(Map.of(), offset))))
                .contains(Instant.ofEpochSecond(0x6924A8C0L));
        assertThat(SourcePosition.of(List.of(
                        new ConnectorOffsets.Entry(Map.of(), Map.of("sec", 1_700_000_000, "resume_token", "none")))))
                .contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(SourcePosition.of(List.of(new ConnectorOffsets.Entry(Map.of(), null)))).isEmpty();
    }

    @Test
    void collectionsKeepTheImagesThatTheSourceAsksFor() {
        assertThat(outcomes(new PreImageCheck(mongo, SOURCE))).containsExactly(OK);
        mongo.collections.put("customers", false);
        assertThat(new PreImageCheck(mongo, SOURCE).run().get(0).problem()).contains("shop.customers").doesNotContain("other");
        assertThat(outcomes(new PreImageCheck(mongo, SOURCE))).containsExactly(FAILED);
        assertThat(outcomes(new PreImageCheck(mongo, with(SOURCE, "capture.mode", "change_streams_update_full"))))
                .containsExactly(OK);
    }

    @Test
    void theUserMayReadAndOpenChangeStreams() {
        assertThat(outcomes(new UserRightsCheck(mongo, SOURCE))).containsExactly(OK);
        mongo.rights = new MongoSide.Rights(true, List.of(new MongoSide.Privilege("shop", "", Set.of("find"))));
        assertThat(outcomes(new UserRightsCheck(mongo, SOURCE))).containsExactly(FAILED);
        assertThat(new UserRightsCheck(mongo, SOURCE).run().get(0).problem()).contains("changeStream on shop");
        mongo.rights = new MongoSide.Rights(false, List.of());
        assertThat(outcomes(new UserRightsCheck(mongo, SOURCE))).containsExactly(WARNING);
        mongo.rights = null;
        assertThat(outcomes(new UserRightsCheck(mongo, SOURCE))).containsExactly(SKIPPED);
    }

    @Test
    void pluginsAreThereInTheVersionOfThisProgram() {
        List<Plugin> all = new ArrayList<>(List.of(
                new Plugin("io.debezium.connector.mongodb.MongoDbConnector", "source", "3.6.1.Final"),
                new Plugin("dev.cdcdelta.sink.DeltaSinkConnector", "sink", "1.0"),
                new Plugin("dev.cdcdelta.smt.SchemaEvolution$Value", "transformation", "1.0")));
        assertThat(outcomes(new PluginsCheck(() -> all, "1.0"))).containsExactly(OK, OK, OK);
        assertThat(outcomes(new PluginsCheck(() -> all, "1.1"))).containsExactly(OK, WARNING, WARNING);
        all.remove(1);
        assertThat(outcomes(new PluginsCheck(() -> all, "1.0"))).containsExactly(OK, FAILED, OK);
    }

    @Test
    void connectorsRun() {
        assertThat(outcomes(state("RUNNING", "RUNNING"))).containsExactly(OK);
        assertThat(outcomes(state("PAUSED", "PAUSED"))).containsExactly(WARNING);
        assertThat(outcomes(state("RUNNING", "FAILED"))).containsExactly(FAILED);
        assertThat(outcomes(new ConnectorStateCheck("s", null))).containsExactly(FAILED);
        assertThat(outcomes(new ConnectorStateCheck("s", new ConnectorSummary(null, null)))).containsExactly(FAILED);
    }

    private static ConnectorStateCheck state(String connector, String task) {
        ConnectorStatus status = new ConnectorStatus(
                "s",
                new ConnectorStatus.Part(null, connector, "w1", null),
                List.of(new ConnectorStatus.Part(0, task, "w1", "a.b.Failure: why\n\tat x")));
        return new ConnectorStateCheck("s", new ConnectorSummary(null, status));
    }

    @Test
    void convertersAgree() {
        assertThat(outcomes(new ConverterCheck(SOURCE, SINK))).containsExactly(OK);
        assertThat(outcomes(new ConverterCheck(SOURCE, with(SINK, "key.converter.schemas.enable", null))))
                .containsExactly(FAILED);
        assertThat(outcomes(new ConverterCheck(
                        SOURCE, with(SINK, "value.converter", "org.apache.kafka.connect.storage.StringConverter"))))
                .containsExactly(FAILED);
        assertThat(outcomes(new ConverterCheck(
                        with(SOURCE, "key.converter", "org.apache.kafka.connect.storage.StringConverter"),
                        with(SINK, "value.converter", "x"))))
                .containsExactly(FAILED, FAILED);
    }

    @Test
    void updatesComeWholeAndHeartbeatsAreOn() {
        assertThat(outcomes(new CaptureCheck(SOURCE, SINK))).containsExactly(OK);
        assertThat(outcomes(new CaptureCheck(with(SOURCE, "heartbeat.interval.ms", null), SINK)))
                .containsExactly(WARNING);
        Map<String, String> partial = with(SOURCE, "capture.mode", "change_streams");
        assertThat(outcomes(new CaptureCheck(partial, SINK))).containsExactly(FAILED);
        assertThat(outcomes(new CaptureCheck(partial, with(SINK, "update.mode", "apply")))).containsExactly(OK);
    }

    @Test
    void onlyCommittedRecordsAreRead() {
        assertThat(outcomes(new IsolationCheck(SINK))).containsExactly(OK);
        assertThat(outcomes(new IsolationCheck(Map.of()))).containsExactly(WARNING);
    }

    @Test
    void kafkaKeepsEventsUntilTheyAreInTheTable() {
        assertThat(outcomes(topics(0, 10L, 0, 5, "604800000", "delete"))).containsExactly(OK);
        assertThat(outcomes(topics(11, 10L, 0, 5, "604800000", "delete"))).containsExactly(FAILED);
        assertThat(outcomes(topics(0, 10L, 5, 400_000, "604800000", "delete"))).containsExactly(WARNING);
        assertThat(outcomes(topics(0, 10L, 5, 400_000, "-1", "delete"))).containsExactly(OK);
        assertThat(outcomes(topics(0, 10L, 5, 400_000, "604800000", "compact"))).containsExactly(OK);
        assertThat(outcomes(new TopicRetentionCheck(List::of, SINK, CLOCK))).containsExactly(WARNING);
        assertThat(outcomes(new TopicRetentionCheck(
                        () -> List.of(topic(0, 10L, 0, 5, "-1", "compact")), with(SINK, "write.mode", "append"), CLOCK)))
                .containsExactly(WARNING);
    }

    private static TopicRetentionCheck topics(
            long beginning, long next, long events, long lagSeconds, String retention, String policy) {
        return new TopicRetentionCheck(
                () -> List.of(topic(beginning, next, events, lagSeconds, retention, policy)), SINK, CLOCK);
    }

    private static TopicState topic(
            long beginning, long next, long events, long lagSeconds, String retention, String policy) {
        return new TopicState(
                "p.shop.orders",
                0,
                beginning,
                next,
                events,
                NOW.minusSeconds(lagSeconds),
                Map.of("retention.ms", retention, "cleanup.policy", policy));
    }

    @Test
    void theStorageIsTriedOut() {
        assertThat(outcomes(new WarehouseCheck("s3a://lake", location -> {}))).containsExactly(OK);
        assertThat(outcomes(new WarehouseCheck("s3a://lake", location -> {
                    throw new ConfigException("The warehouse " + location + " cannot be used: the bucket does not exist.");
                })))
                .containsExactly(FAILED);
    }

    @Test
    void tablesAreTheSinksOwnAndAskNothingOfIt() {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            String good = "file://" + directory + "/good";
            String foreign = "file://" + directory + "/foreign";
            Column id = new Column("_id", "_id", new ColumnType.Leaf(ScalarType.STRING));
            Column time = new Column("_cdc_ts", "_cdc_ts", new ColumnType.Leaf(ScalarType.DATE));
            tables.create(good, new ColumnType.Struct(List.of(id, time)), Map.of());
            tables.create(foreign, new ColumnType.Struct(List.of(id)), Map.of());

            assertThat(outcomes(new TableCheck(() -> Set.of(good), tables::open))).containsExactly(OK);
            assertThat(outcomes(new TableCheck(() -> Set.of(foreign), tables::open))).containsExactly(FAILED);
            assertThat(outcomes(new TableCheck(() -> Set.of("file://" + directory + "/none"), tables::open)))
                    .containsExactly(WARNING);
            assertThat(outcomes(new TableCheck(Set::of, tables::open))).containsExactly(SKIPPED);
        }
    }

    @Test
    void aTableWithAFeatureThatTheSinkDoesNotWriteIsFound() throws Exception {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            Path table = directory.resolve("appendonly");
            Column id = new Column("_id", "_id", new ColumnType.Leaf(ScalarType.STRING));
            Column time = new Column("_cdc_ts", "_cdc_ts", new ColumnType.Leaf(ScalarType.DATE));
            tables.create("file://" + table, new ColumnType.Struct(List.of(id, time)), Map.of());
            String protocol = "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\"],"
                    + "\"writerFeatures\":[\"deletionVectors\",\"rowTracking\",\"domainMetadata\"]}}\n";
            java.nio.file.Files.writeString(
                    table.resolve("_delta_log/00000000000000000001.json"),
                    "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"SET\"}}\n" + protocol);

            assertThat(outcomes(new TableCheck(() -> Set.of("file://" + table), tables::open)))
                    .containsExactly(FAILED);
        }
    }

    @Test
    void deadLettersAreLookedInto() {
        assertThat(outcomes(new DeadLetterCheck(SINK, topic -> 0))).containsExactly(OK);
        assertThat(outcomes(new DeadLetterCheck(SINK, topic -> 3))).containsExactly(WARNING);
        assertThat(outcomes(new DeadLetterCheck(
                        with(SINK, "errors.deadletterqueue.context.headers.enable", null), topic -> 0)))
                .containsExactly(WARNING);
        Map<String, String> none = with(SINK, "errors.deadletterqueue.topic.name", null);
        assertThat(outcomes(new DeadLetterCheck(none, topic -> 0))).containsExactly(FAILED);
        assertThat(outcomes(new DeadLetterCheck(with(none, "errors.tolerance", null), topic -> 0)))
                .containsExactly(OK);
    }

    @Test
    void buffersFitIntoTheHeap() {
        ConnectorStatus status = new ConnectorStatus(
                "s",
                new ConnectorStatus.Part(null, "RUNNING", "w1", null),
                List.of(
                        new ConnectorStatus.Part(0, "RUNNING", "w1", null),
                        new ConnectorStatus.Part(1, "RUNNING", "w2", null)));
        List<HeapCheck.Sink> sinks = List.of(new HeapCheck.Sink(Map.of("buffer.max.bytes", "1000000000"), status));
        assertThat(outcomes(new HeapCheck(sinks, OptionalLong.of(4L << 30)))).containsExactly(OK, OK);
        assertThat(outcomes(new HeapCheck(sinks, OptionalLong.of(1L << 30)))).containsExactly(FAILED, FAILED);
        assertThat(outcomes(new HeapCheck(sinks, OptionalLong.empty()))).containsExactly(SKIPPED, SKIPPED);
        assertThat(outcomes(new HeapCheck(List.of(), OptionalLong.empty()))).containsExactly(SKIPPED);
        assertThat(new HeapCheck(List.of(new HeapCheck.Sink(Map.of(), status)), OptionalLong.of(512L << 20))
                        .run()
                        .get(0)
                        .problem())
                .contains("heap of 464 MB");
    }

    @Test
    void clocksAgree() {
        assertThat(outcomes(clock(0))).containsExactly(OK);
        assertThat(outcomes(clock(-30))).containsExactly(WARNING);
        assertThat(outcomes(clock(90))).containsExactly(FAILED);
        assertThat(outcomes(new ClockCheck("mongodb", Optional::empty, CLOCK))).containsExactly(SKIPPED);
    }

    private static ClockCheck clock(long seconds) {
        return new ClockCheck("mongodb", () -> Optional.of(NOW.plusSeconds(seconds)), CLOCK);
    }

    @Test
    void whatDependsOnASystemThatDoesNotAnswerIsSkipped() {
        Examination examination = new Examination();
        ReachCheck gate = new ReachCheck(
                "kafka",
                () -> {
                    throw new CommandException(
                            ExitCode.UNREACHABLE, "Kafka at mongodb://u:canary@h does not answer.", "why", "do");
                },
                "");
        examination.group("p", gate, List.of(new IsolationCheck(Map.of())));
        examination.group("q", new ReachCheck("storage", Optional::empty, "Name it."), List.of(new IsolationCheck(SINK)));

        assertThat(examination.entries())
                .extracting(entry -> entry.subject() + " " + entry.diagnosis().outcome())
                .containsExactly("p failed", "p skipped", "q skipped", "q skipped");
        assertThat(examination.entries().toString()).doesNotContain("canary");
        assertThat(examination.hasFailures()).isTrue();
    }
}
