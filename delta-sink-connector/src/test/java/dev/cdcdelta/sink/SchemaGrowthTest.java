package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaGrowthTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void newFieldsBecomeColumnsWithinAFlushAndAfterIt() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"s\":\"x\",\"n\":2", 2);
        task.sink();
        rig.source
                .upsert("c", "\"address\":{\"city\":\"Ulm\"}", 3)
                .upsert("d", "\"address\":{\"zip\":\"1\"},\"tags\":[1,2]", 4);
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=2 s=x", "c: address={city=Ulm}", "d: address={zip=1} tags=[1, 2]");
    }

    @Test
    void columnsWidenWhereNothingIsLost() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1,\"m\":1", 1);
        task.sink();
        rig.source.upsert("b", "\"n\":{\"$numberLong\":\"5000000000\"},\"m\":1.5", 2);
        task.sink();
        rig.table.hasRows("a: m=1.0 n=1", "b: m=1.5 n=5000000000");
    }

    @Test
    void unfitValuesGoToTheSidecar() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        rig.source.upsert("b", "\"n\":\"x\"", 2).upsert("c", "\"n\":{\"k\":1}", 3);
        task.sink();
        rig.table.hasRows("a: n=1", "b: n__json=\"x\"", "c: n__json={\"k\":{\"$numberInt\":\"1\"}}");
    }

    @Test
    void aRestartKeepsTheColumnTypesOfTheTable() {
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        rig.source.upsert("b", "\"n\":\"x\"", 2);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=1", "b: n__json=\"x\"");
    }

    @Test
    void anUnfitValueIsRefusedUnderThePolicyOfDeadLetters() {
        FakeRuntime task = rig.with("conflict.policy", "dlq").task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":\"x\"", 2);
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("offset 1")
                .hasMessageContaining("'n'")
                .hasMessageContaining("errors.deadletterqueue.topic.name");
    }

    @Test
    void theTaskStopsUnderTheFailPolicyWhoeverTakesRefusedRecords() {
        FakeRuntime task = rig.with("conflict.policies", "stop.*=fail,**=dlq").unstarted();
        List<String> reported = task.reporting();
        task.start(P0);
        rig.source.upsert("a", "\"n\":1,\"stop\":{\"k\":1}", 1).upsert("b", "\"n\":\"x\"", 2);
        task.sink();
        assertThat(reported).hasSize(1);
        rig.source.upsert("c", "\"stop\":{\"k\":\"x\"}", 3);
        assertThatThrownBy(task::sink)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("offset 2")
                .hasMessageContaining("'stop.k' is int32 and string");
        rig.table.hasRows("a: n=1 stop={k=1}");
    }

    @Test
    void withoutEvolutionAnUnknownFieldIsRefused() {
        FakeRuntime task = rig.with("schema.evolution", "none").task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        rig.source.upsert("b", "\"n\":2,\"empty\":[]", 2);
        task.sink();
        rig.table.hasRows("a: n=1", "b: n=2");
        rig.source.upsert("c", "\"m\":2", 3);
        assertThatThrownBy(task::sink).hasMessageContaining("'m'").hasMessageContaining("schema.evolution");
    }

    @Test
    void addingOnlyKeepsColumnTypesAndPutsTheRestAside() {
        FakeRuntime task = rig.with("schema.evolution", "add").task(P0);
        rig.source.upsert("a", "\"n\":1", 1);
        task.sink();
        rig.source.upsert("b", "\"n\":{\"$numberLong\":\"5000000000\"},\"m\":true", 2);
        rig.source.upsert("c", "\"n\":{\"$numberLong\":\"7\"}", 3);
        task.sink();
        rig.table.hasRows("a: n=1", "b: m=true n__json={\"$numberLong\":\"5000000000\"}", "c: n=7");
    }

    @Test
    void namesThatDeltaRefusesAreEscapedAndCaseCollisionsNumbered() {
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"two words\":1,\"Name\":2,\"name\":3,\"_cdc_ts\":4,\"a.b\":5", 1);
        task.sink();
        rig.table.hasRows("a: %5Fcdc_ts=4 Name=2 a.b=5 name__2=3 two%20words=1");
        rig.source.upsert("b", "\"name\":1,\"Name\":2", 2);
        rig.task(P0).sink();
        rig.table.hasRows("a: %5Fcdc_ts=4 Name=2 a.b=5 name__2=3 two%20words=1", "b: Name=2 name__2=1");
    }

    @Test
    void twoTasksThatGrowTheTableAtOnceBothSucceed() {
        FakeRuntime first = rig.task(P0);
        FakeRuntime second = rig.task(P1);
        rig.source(P0).upsert("a", "\"x\":1", 1);
        rig.source(P1).upsert("b", "\"x\":1", 1);
        first.sink();
        second.sink();
        rig.source(P0).upsert("c", "\"x\":\"text\",\"y\":1", 2);
        rig.source(P1).upsert("d", "\"x\":2.5,\"y\":\"text\",\"z\":1", 2);
        first.pollAll();
        second.pollAll();
        first.sink();
        second.sink();
        rig.table.hasRows("a: x=1.0", "b: x=1.0", "c: x__json=\"text\" y=1", "d: x=2.5 y__json=\"text\" z=1");
    }
}
