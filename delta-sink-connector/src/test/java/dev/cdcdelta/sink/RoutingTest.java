package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingTest {
    @TempDir
    Path directory;

    SinkRig rig;
    final List<String> reported = new ArrayList<>();

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void onePassFeedsTwoTables() {
        FakeRuntime task = rig.with("append.table.name", "events/${collection}").task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        task.sink();
        table("shop/orders").hasRows("a: n=1", "b: n=1");
        assertThat(table("events/orders").rows(false)).contains("a: n=1", "b: n=1");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L);
    }

    @Test
    void theSlowerOfTwoTablesHoldsTheOffsetBack() {
        DirectThreads threads = new DirectThreads().hold();
        FakeRuntime task = rig.on(() -> threads)
                .with("append.table.name", "events/${collection}")
                .task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        assertThat(threads.waiting()).isEqualTo(2);
        threads.runOne();
        task.pollAll();
        task.commitOffsets();
        assertThat(rig.topics.groupOffsets).isEmpty();
        threads.letGo();
        task.pollAll();
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 1L);
    }

    @Test
    void aTableThatIsBehindIsFilledWithoutDisturbingTheOther() throws Exception {
        rig.with("append.table.name", "events/${collection}");
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":1", 2);
        task.sink();
        task.stop();
        FileUtils.deleteDirectory(directory.resolve("events").toFile());
        long version = table("shop/orders").snapshot().version();
        rig.task(P0).sink();
        table("shop/orders").hasRows("a: n=1", "b: n=1").hasVersion(version);
        assertThat(table("events/orders").rows(false)).contains("a: n=1", "b: n=1");
    }

    @Test
    void aFlushThatOneTableGivesUpLeavesTheOtherAlone() {
        rig.with("append.table.name", "events/${collection}");
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        rig.source.upsert("a", "\"n\":2", 2);
        task.pollAll();
        SinkRig single = new SinkRig(directory);
        single.topics.copy(rig.topics, P0);
        single.task(P0).sink();
        task.sink();
        rig.source.upsert("a", "\"n\":3", 3);
        task.sink();
        table("shop/orders").hasRows("a: n=3");
        assertThat(table("events/orders").snapshot().transactions()).containsEntry("sink|mongo.shop.orders|0", 3L);
        assertThat(task.counters().rewinds()).isEqualTo(1);
    }

    @Test
    void namedGroupsOfThePatternNameTables() {
        rig.with("topic.pattern", "mongo\\.(?<shop>\\w+)\\.(?<kind>\\w)\\w*").with("table.name", "${shop}_${kind}");
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        table("shop_o").hasRows("a: n=1");
    }

    @Test
    void aFieldOfTheDocumentNamesItsTable() {
        FakeRuntime task = byField("address.country").task(P0, P1);
        rig.source(P0)
                .upsert("a", "\"address\":{\"country\":\"de\"}", 1)
                .upsert("b", "\"address\":{\"country\":\"fr\"}", 2);
        rig.source(P1).upsert("c", "\"address\":{\"country\":\"fr\"}", 1);
        task.sink();
        table("t/de").hasRows("a: address={country=de}");
        table("t/fr").hasRows("b: address={country=fr}", "c: address={country=fr}");
        assertThat(rig.topics.groupOffsets).containsEntry(P0, 2L).containsEntry(P1, 1L);
    }

    @Test
    void aReplayOfRecordsThatAFieldRoutesChangesNothing() {
        rig.source
                .upsert("a", "\"k\":1,\"n\":1", 1)
                .upsert("b", "\"k\":2,\"n\":1", 2)
                .upsert("a", "\"k\":1,\"n\":2", 3);
        byField("k").task(P0).sink();
        Map<String, Long> before = versions();
        rig.topics.groupOffsets.clear();
        rig.task(P0).sink();
        assertThat(versions()).isEqualTo(before);
        table("t/1").hasRows("a: k=1 n=2");
    }

    @Test
    void aDocumentWithoutTheFieldIsReportedAndNeverSkipped() {
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"k\":{}", 2).upsert("c", "\"k\":\"x\"", 3);
        byField("k");
        reporting().sink();
        table("t/x").hasRows("c: k=x");
        assertThat(reported).hasSize(2).allMatch(message -> message.contains("'k'"));
        assertThatThrownBy(() -> rig.task(P1).sinkAfter(() -> rig.source(P1).upsert("d", "", 1)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("offset 0")
                .hasMessageContaining("names no table");
    }

    @Test
    void aDeleteFindsItsTableByTheImageBeforeOrByItsKey() {
        byField("k");
        rig.source.upsert("a", "\"k\":\"x\"", 1).upsert("b", "\"k\":\"x\"", 2);
        FakeRuntime task = reporting();
        task.sink();
        rig.source.delete("a", "{\"_id\":\"a\",\"k\":\"x\"}", 3).delete("b", 4);
        task.sink();
        table("t/x").hasRows("b: k=x");
        assertThat(reported).singleElement().asString().contains("offset 4", "pre-image");
    }

    @Test
    void aFieldOfTheIdNamesTheTableOfDeletesToo() {
        FakeRuntime task = byField("_id.tenant").task(P0);
        rig.source.upsertOf("{\"tenant\":7,\"n\":1}", "", 1).upsertOf("{\"tenant\":8,\"n\":1}", "", 2);
        task.sink();
        assertThat(table("t/7").rows(false)).hasSize(1);
        rig.source.deleteOf("{\"tenant\":7,\"n\":1}", 3);
        task.sink();
        table("t/7").hasRows();
        assertThat(table("t/8").rows(false)).hasSize(1);
    }

    private SinkRig byField(String field) {
        return rig.with("table.name", "t/${field}").with("table.name.field", field);
    }

    private Map<String, Long> versions() {
        Map<String, Long> versions = new HashMap<>();
        for (String name : List.of("t/1", "t/2")) {
            versions.put(name, table(name).snapshot().version());
        }
        return versions;
    }

    private TableContent table(String name) {
        return new TableContent("file://" + directory + "/" + name);
    }

    private FakeRuntime reporting() {
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            reported.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(P0);
    }
}
