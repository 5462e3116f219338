package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadRecordsTest {
    @TempDir
    Path directory;

    SinkRig rig;
    final List<String> reported = new ArrayList<>();

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void aBadRecordIsReportedAndHarmsOnlyItself() {
        rig.source.upsert("a", "\"n\":1", 1).garbage("b").upsert("c", "\"n\":3", 3);
        reportingTask(P0).sink();
        rig.table.hasRows("a: n=1", "c: n=3");
        assertThat(reported)
                .singleElement()
                .asString()
                .contains("mongo.shop.orders", "partition 0", "offset 1", "\"b\"");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 3L);
    }

    @Test
    void aReportedRecordIsNotReportedAgainAfterARestart() {
        rig.source.garbage("b").upsert("c", "\"n\":3", 3);
        reportingTask(P0).sink();
        reportingTask(P0).sink();
        assertThat(reported).hasSize(1);
    }

    @Test
    void withoutAReporterTheTaskStopsAndTellsTheRecord() {
        rig.source.upsert("a", "\"n\":1", 1).garbage("b");
        FakeRuntime task = rig.task(P0);
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(DataException.class)
                .hasMessageContaining("topic mongo.shop.orders, partition 0, offset 1")
                .hasMessageContaining("\"b\"")
                .hasMessageContaining("errors.tolerance=all");
        rig.table.isAbsent();
    }

    @Test
    void theOffsetWaitsForTheReport() {
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        task.start(P0);
        rig.source.upsert("a", "\"n\":1", 1).garbage("b");
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("could not be reported")
                .hasRootCauseMessage("no broker");
        rig.table.isAbsent();
        task.commitOffsets();
        assertThat(rig.topics.groupOffsets).doesNotContainKey(P0);
    }

    @Test
    void recordsOfATopicThatNamesNoTableAreReported() {
        TopicPartition stray = new TopicPartition("nodots", 0);
        rig.source(stray).upsert("a", "", 1);
        rig.source.upsert("a", "\"n\":1", 1);
        reportingTask(P0, stray).sink();
        assertThat(reported).singleElement().asString().contains("nodots", "topic.pattern");
        rig.table.hasRows("a: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(stray, 1L);

        reportingTask(P0, stray).sink();
        assertThat(reported).hasSize(1);
    }

    @Test
    void partitionsAreHeldBackWhileReportsPileUp() {
        List<CompletableFuture<Void>> pending = new ArrayList<>();
        FakeRuntime task = unanswered(pending);
        for (int i = 0; i < 2_500; i++) {
            rig.source.garbage("a");
        }
        task.poll(600);
        assertThat(task.paused()).isEmpty();
        task.poll(600);
        task.poll(600);
        assertThat(task.paused()).containsExactly(P0);
        assertThat(task.timeout).isPositive();
        assertThat(pending).hasSize(1_200);
        pending.forEach(report -> report.complete(null));
        task.poll(600);
        assertThat(task.paused()).isEmpty();
        task.poll(600);
        assertThat(pending).hasSize(1_800);
    }

    @Test
    void aReportThatNeverArrivesStopsTheTaskAndIsReadAgain() {
        FakeRuntime task = unanswered(new ArrayList<>());
        rig.source.garbage("a");
        task.pollAll();
        rig.clock.advance(Duration.ofMinutes(4));
        task.pollAll();
        rig.clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(task::pollAll)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("has not arrived within 300000 ms")
                .hasMessageContaining("errors.deadletterqueue.topic.name");
        task.commitOffsets();
        assertThat(rig.topics.groupOffsets).doesNotContainKey(P0);
    }

    private FakeRuntime unanswered(List<CompletableFuture<Void>> pending) {
        DirectThreads never = new DirectThreads().hold();
        FakeRuntime task = rig.on(() -> never).unstarted();
        task.reporter = (record, error) -> {
            CompletableFuture<Void> report = new CompletableFuture<>();
            pending.add(report);
            return report;
        };
        return task.start(P0);
    }

    @Test
    void aDocumentThatIsRefusedLeavesNoTraceInTheColumns() {
        rig.with("conflict.policy", "dlq");
        rig.source
                .upsert("a", "\"n\":1", 1)
                .upsert("b", "\"n\":\"x\",\"other\":1", 2)
                .upsert("c", "\"n\":3", 3);
        reportingTask(P0).sink();
        rig.table.hasRows("a: n=1", "c: n=3");
        assertThat(rig.table.snapshot().columns().columns())
                .noneMatch(column -> column.name().equals("other"));
    }

    @Test
    void anIdOfAnotherTypeFirstAfterARestartHarmsOnlyItself() {
        rig.with("conflict.policies", "_id=dlq");
        rig.source.upsertOf(oid(1), "\"n\":1", 1);
        reportingTask(P0).sink();
        rig.source.upsert("a", "\"n\":2", 2).upsertOf(oid(1), "\"n\":3", 3).upsertOf(oid(2), "\"n\":4", 4);
        reportingTask(P0).sink();
        rig.table.hasRows(hex(1) + ": n=3", hex(2) + ": n=4");
        assertThat(reported).singleElement().asString().contains("offset 1", "'_id' is object_id and string");
    }

    @Test
    void aTypedIdOfAnotherTypeThanTheTablesIsReportedWithWhatToDo() {
        rig.with("conflict.policies", "_id=dlq");
        rig.source.upsertOf(oid(1), "\"n\":1", 1);
        reportingTask(P0).sink();
        Schema schema =
                SchemaBuilder.struct().field("_id", Schema.STRING_SCHEMA).build();
        rig.topics.append(P0, null, null, schema, new Struct(schema).put("_id", "a"), null);
        reportingTask(P0).sink();
        rig.table.hasRows(hex(1) + ": n=1");
        assertThat(reported).singleElement().asString().contains("'_id' is object_id and string", "conflict.policies");
    }

    @Test
    void idsOfAnotherTypeThanTheTableThatAnotherTaskMadeMeanwhileHarmOnlyThemselves() {
        rig.with("conflict.policies", "_id=dlq");
        FakeRuntime late = reportingTask(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        late.pollAll();
        rig.source(P1).upsertOf(oid(1), "\"n\":1", 1);
        rig.task(P1).sink();
        late.sink();
        rig.source.upsertOf(oid(2), "\"n\":2", 2);
        late.sink();
        rig.table.hasRows(hex(1) + ": n=1", hex(2) + ": n=2");
        assertThat(reported).singleElement().asString().contains("offset 0", "'_id' is object_id and string");
    }

    @Test
    void aDocumentThatIsRefusedTeachesTheTopicNothing() {
        rig.with("conflict.policy", "dlq").with("schema.evolution", "add");
        rig.source
                .upsert("a", "\"n\":1", 1)
                .upsert("b", "\"n\":1.5", 2)
                .upsert("c", "\"n\":{\"$numberLong\":\"7\"}", 3);
        reportingTask(P0).sink();
        rig.table.hasRows("a: n=1", "c: n=7");
        assertThat(reported).singleElement().asString().contains("offset 1");
    }

    @Test
    void aKeyThatBeliesItsSchemaIsReported() {
        Schema objectId =
                SchemaBuilder.string().name("dev.cdcdelta.bson.ObjectId").build();
        Schema schema = SchemaBuilder.struct().field("_id", objectId).build();
        rig.topics.append(P0, null, null, schema, new Struct(schema).put("_id", "no hexadecimal"), null);
        rig.source.upsertOf(oid(1), "", 1);
        reportingTask(P0).sink();
        rig.table.hasRows(hex(1) + ":");
        assertThat(reported).singleElement().asString().contains("offset 0", "dev.cdcdelta.bson.ObjectId");
    }

    /** As JsonConverter makes them of the escapes of JSON. */
    @Test
    void aTypedTextWithHalfASurrogatePairIsReported() {
        Schema part = SchemaBuilder.struct().field("t", Schema.STRING_SCHEMA).build();
        Schema schema = SchemaBuilder.struct()
                .field("_id", Schema.STRING_SCHEMA)
                .field("parts", SchemaBuilder.array(part).build())
                .build();
        for (String text : List.of("whole \uD83D\uDE00", "half \uD83D", "\uDE00\uD83D")) {
            rig.topics.append(
                    P0,
                    null,
                    null,
                    schema,
                    new Struct(schema)
                            .put("_id", text.substring(0, 1))
                            .put("parts", List.of(new Struct(part).put("t", text))),
                    null);
        }
        reportingTask(P0).sink();
        rig.table.hasRows("w: parts=[{t=whole \uD83D\uDE00}]");
        assertThat(reported).hasSize(2);
        assertThat(reported.get(0)).contains("topic mongo.shop.orders, partition 0, offset 1", "'/parts/t'");
    }

    private static String oid(int number) {
        return "{\"$oid\":\"" + hex(number) + "\"}";
    }

    private static String hex(int number) {
        return String.format(Locale.ROOT, "%024x", number);
    }

    private FakeRuntime reportingTask(TopicPartition... partitions) {
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            reported.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(partitions);
    }
}
