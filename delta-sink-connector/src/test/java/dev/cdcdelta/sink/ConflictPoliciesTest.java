package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a value that its column does not hold, by policy and by field. Documents in = rows + dead letters. */
class ConflictPoliciesTest {
    @TempDir
    Path directory;

    private SinkRig rig;
    private final List<Long> dead = new ArrayList<>();

    @BeforeEach
    void rig() {
        rig = new SinkRig(directory);
    }

    private FakeRuntime started() {
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            dead.add(record.kafkaOffset());
            return CompletableFuture.completedFuture(null);
        };
        return task.start(P0);
    }

    private void run(FakeRuntime task) {
        task.pollAll();
        task.sink();
    }

    private void threeDocuments() {
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":\"x\"", 1).upsert("c", "\"n\":3", 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sidecarKeepsAll(boolean atOnce) {
        FakeRuntime task = started();
        rig.source.upsert("a", "\"n\":1", 1);
        if (!atOnce) {
            run(task);
        }
        rig.source.upsert("b", "\"n\":\"x\"", 1);
        run(task);
        rig.table.hasRows("a: n=1", "b: n__json=\"x\"");
        assertThat(dead).isEmpty();
    }

    @Test
    void dlqReportsTheOneAndWritesTheOthers() {
        rig.with("conflict.policy", "dlq");
        threeDocuments();
        run(started());
        rig.table.hasRows("a: n=1", "c: n=3");
        assertThat(dead).containsExactly(1L);
    }

    @Test
    void jsonIsTextFromTheFirstDocumentOn() {
        rig.with("conflict.policies", "n=json");
        threeDocuments();
        run(started());
        rig.table.hasRows("a: n={\"$numberInt\":\"1\"}", "b: n=\"x\"", "c: n={\"$numberInt\":\"3\"}");
    }

    @Test
    void failStopsTheTaskThoughThereIsAQueue() {
        rig.with("conflict.policies", "n=fail");
        threeDocuments();
        FakeRuntime task = started();
        assertThatThrownBy(() -> run(task))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("topic mongo.shop.orders, partition 0, offset 1")
                .hasMessageContaining("Field 'n' is int32 and string")
                .hasMessageContaining("conflict.policy is 'fail'");
        assertThat(dead).isEmpty();
    }

    @Test
    void aDeclaredTypeWinsFromTheFirstDocumentOn() {
        rig.with("schema.hints", "n=bigint,price=decimal(10,2),when=timestamp");
        rig.source
                .upsert("a", "\"n\":1,\"price\":{\"$numberDecimal\":\"1.5\"},\"when\":\"later\"", 1)
                .upsert("b", "\"n\":2.5,\"price\":\"dear\",\"when\":{\"$date\":1}", 1);
        run(started());
        rig.table.hasRows(
                "a: n=1 price=1.50 when__json=\"later\"",
                "b: n__json={\"$numberDouble\":\"2.5\"} price__json=\"dear\" when=1000");
    }

    @Test
    void anIdOfAnotherTypeGoesByThePolicyToo() {
        rig.with("conflict.policies", "_id=dlq");
        rig.source.upsertOf("1", "\"n\":1", 1).upsertOf("\"1\"", "\"n\":2", 1);
        run(started());
        rig.table.hasRows("1: n=1");
        assertThat(dead).containsExactly(1L);
    }

    @Test
    void anIdDeclaredToBeTextHoldsAll() {
        rig.with("schema.hints", "_id=json");
        rig.source.upsertOf("1", "\"n\":1", 1).upsertOf("\"1\"", "\"n\":2", 1);
        FakeRuntime task = started();
        run(task);
        rig.source.deleteOf("{\"$numberLong\":\"1\"}", 2);
        run(task);
        rig.table.hasRows("\"1\": n=2");
    }
}
