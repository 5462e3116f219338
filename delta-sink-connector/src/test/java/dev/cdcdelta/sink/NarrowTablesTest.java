package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.ForeignWriter;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables whose columns may not take wider types: what does not fit goes by the policy of its field. Documents in = rows + dead letters. */
class NarrowTablesTest {
    private static final String WIDENING = "delta.enableTypeWidening";
    private static final String LARGE = "{\"$numberLong\":\"5000000000\"}";

    @TempDir
    Path directory;

    /** Who forbids it. */
    enum By {
        TABLE_PROPERTIES,
        ANOTHER_PROGRAM,
        EVOLUTION
    }

    private SinkRig rig(By by) {
        SinkRig rig = new SinkRig(directory);
        return switch (by) {
            case TABLE_PROPERTIES -> rig.with("table.properties." + WIDENING, "false");
            case EVOLUTION -> rig.with("schema.evolution", "add");
            case ANOTHER_PROGRAM -> rig;
        };
    }

    /** Makes the columns, and forbids their growth where that is done from outside. */
    private static void begin(SinkRig rig, By by, FakeRuntime task, String id, String fields) throws Exception {
        rig.source.upsertOf(id, fields, 1);
        task.sink();
        if (by == By.ANOTHER_PROGRAM) {
            forbid(rig);
        }
    }

    /** A flush that finds the table changed may be given up; its records are read again and written with the next. */
    private static void settle(FakeRuntime task) {
        task.sink();
        task.sink();
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void widerValuesGoBesideTheirColumns(By by) throws Exception {
        SinkRig rig = rig(by);
        FakeRuntime task = rig.unstarted();
        List<String> dead = task.reporting();
        task.start(P0);
        begin(rig, by, task, "\"a\"", "\"n\":1,\"in\":{\"x\":1},\"list\":[1],\"docs\":[{\"p\":1}]");
        rig.source
                .upsert(
                        "b",
                        "\"n\":" + LARGE + ",\"in\":{\"x\":1.5},\"list\":[2.5],\"docs\":[{\"p\":2},{\"p\":2.5}]",
                        2)
                .upsert("c", "\"n\":{\"$numberLong\":\"7\"},\"added\":true", 2);
        settle(task);
        rig.source.upsert("d", "\"n\":" + LARGE, 3);
        rig.task(P0).sink();
        rig.table.hasRows(
                "a: docs=[{p=1}] in={x=1} list=[1] n=1",
                "b: docs=[{p=2}, {p__json={\"$numberDouble\":\"2.5\"}}] in={x__json={\"$numberDouble\":\"1.5\"}}"
                        + " list__json=[{\"$numberDouble\":\"2.5\"}] n__json=" + LARGE,
                "c: added=true n=7",
                "d: n__json=" + LARGE);
        assertThat(dead).isEmpty();
        TableProtocolCheck.check(rig.table.location());
        assertThat(duckdb(rig)).containsExactly("a|1|null", "b|null|" + LARGE, "c|7|null", "d|null|" + LARGE);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void anIdIsTheSameWhateverNumberItIsAndWhereverItStands(By by) throws Exception {
        SinkRig rig = rig(by);
        FakeRuntime task = rig.task(P0);
        begin(rig, by, task, "7", "\"n\":1");
        rig.source
                .upsertOf("7.0", "\"n\":2", 2)
                .upsertOf(LARGE, "\"n\":3", 2)
                .upsertOf("7.5", "\"n\":4", 2)
                .upsertOf("8.5", "\"n\":5", 2);
        settle(task);
        rig.table.hasRows(
                "7: n=2",
                "null: _id__json=" + LARGE + " n=3",
                "null: _id__json={\"$numberDouble\":\"7.5\"} n=4",
                "null: _id__json={\"$numberDouble\":\"8.5\"} n=5");
        // Neither with the index that wrote them nor with one that is read from the table.
        rig.source.deleteOf("{\"$numberDecimal\":\"7.5\"}", 3).upsertOf("5000000000.0", "\"n\":6", 3);
        task.sink();
        rig.source.deleteOf("{\"$numberLong\":\"7\"}", 4).deleteOf("8.5", 4);
        rig.task(P0).sink();
        assertThat(rig.table.rows(false)).singleElement().asString().contains("n=6", "_id__json=", "5");
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void anIdOfSeveralFieldsFitsAsAWholeOrNotAtAll(By by) throws Exception {
        SinkRig rig = rig(by).with("delete.mode", "soft");
        FakeRuntime task = rig.task(P0);
        begin(rig, by, task, "{\"a\":1,\"b\":{\"c\":2}}", "\"n\":1");
        String large = "{\"a\":1,\"b\":{\"c\":" + LARGE + "}}";
        rig.source.upsertOf(large, "\"n\":2", 2).upsertOf("{\"a\":1.0,\"b\":{\"c\":2}}", "\"n\":3", 2);
        settle(task);
        assertThat(rig.table.rows(false))
                .hasSize(2)
                .anyMatch(row -> row.contains("n=2"))
                .anyMatch(row -> row.contains("n=3"));
        rig.source.deleteOf(large, 3);
        rig.task(P0).sink();
        assertThat(rig.table.rows(true))
                .hasSize(2)
                .anyMatch(row -> row.contains("_id__json=") && row.contains("n=2") && row.contains("_cdc_deleted=true"))
                .anyMatch(row ->
                        !row.contains("_id__json=") && row.contains("n=3") && !row.contains("_cdc_deleted=true"));
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void dlqReportsWhatDoesNotFit(By by) throws Exception {
        SinkRig rig = rig(by).with("conflict.policies", "n=dlq");
        FakeRuntime task = rig.unstarted();
        List<String> dead = task.reporting();
        task.start(P0);
        begin(rig, by, task, "\"a\"", "\"n\":1,\"m\":1");
        rig.source.upsert("b", "\"n\":" + LARGE, 2).upsert("c", "\"n\":3,\"m\":1.5", 2);
        settle(task);
        rig.table.hasRows("a: m=1 n=1", "c: m__json={\"$numberDouble\":\"1.5\"} n=3");
        assertThat(dead).singleElement().asString().contains("offset 1", "Field 'n'");
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void failStopsTheTaskThoughThereIsAQueue(By by) throws Exception {
        SinkRig rig = rig(by).with("conflict.policies", "n=fail");
        FakeRuntime task = rig.unstarted();
        List<String> dead = task.reporting();
        task.start(P0);
        begin(rig, by, task, "\"a\"", "\"n\":1");
        rig.source.upsert("b", "\"n\":" + LARGE, 2);
        assertThatThrownBy(task::sink).isInstanceOf(ConnectException.class).hasMessageContaining("Field 'n'");
        assertThat(dead).isEmpty();
        rig.table.hasRows("a: n=1");
    }

    @Test
    void columnsWidenAgainOnceTheyMay() throws Exception {
        SinkRig rig = rig(By.TABLE_PROPERTIES);
        FakeRuntime task = rig.task(P0);
        begin(rig, By.TABLE_PROPERTIES, task, "\"a\"", "\"n\":1");
        rig.source.upsert("b", "\"n\":" + LARGE, 2);
        task.sink();
        new ForeignWriter(rig.table.location()).unsetProperty(WIDENING);
        rig.source.upsert("c", "\"m\":1", 2);
        task.sink();
        rig.source.upsert("d", "\"n\":" + LARGE, 3);
        task.sink();
        rig.table.hasRows("a: n=1", "b: n__json=" + LARGE, "c: m=1", "d: n=5000000000");
    }

    /** The rows are mapped already, to wider columns, when the table is found to be another one: they are read again. */
    @Test
    void aTableThatAnotherTaskHasMadeKeepsItsTypes() {
        SinkRig rig = rig(By.TABLE_PROPERTIES);
        FakeRuntime late = rig.task(P0);
        rig.source(P0).upsert("a", "\"n\":1", 1).upsert("b", "\"n\":" + LARGE, 1);
        late.pollAll();
        rig.source(P1).upsert("c", "\"n\":1", 1);
        rig.task(P1).sink();
        settle(late);
        rig.table.hasRows("a: n=1", "b: n__json=" + LARGE, "c: n=1");
        assertThat(late.counters().rewinds()).isEqualTo(1);
    }

    /** The property changes after the look at the table, before the commit that widens. */
    @Test
    void aLostRaceAgainstThePropertyIsNoWidening() {
        SinkRig rig = new SinkRig(directory);
        rig.source.upsert("a", "\"n\":1", 1);
        rig.task(P0).sink();
        AtomicBoolean isForbidden = new AtomicBoolean();
        FakeRuntime task = rig.task(
                (table, commit) -> {
                    if (!isForbidden.getAndSet(true)) {
                        forbid(rig);
                    }
                    return table.commit(commit);
                },
                P0);
        rig.source.upsert("b", "\"n\":" + LARGE, 1);
        settle(task);
        assertThat(isForbidden).as("the property came in between").isTrue();
        rig.table.hasRows("a: n=1", "b: n__json=" + LARGE);
    }

    private static void forbid(SinkRig rig) {
        try {
            new ForeignWriter(rig.table.location()).setProperty(WIDENING, "false");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code _id}, {@code n} and what stands beside it, of tables none of whose rows are dead. */
    private static List<String> duckdb(SinkRig rig) throws Exception {
        String files = rig.table.snapshot().files().keySet().stream()
                .map(path -> "'" + rig.table.location().replaceFirst("^file:/+", "/") + "/" + path + "'")
                .collect(Collectors.joining(",", "[", "]"));
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select _id, n, n__json from read_parquet(" + files
                        + ", union_by_name = true, hive_partitioning = false) order by _id")) {
            while (result.next()) {
                rows.add(result.getString(1) + "|" + result.getString(2) + "|" + result.getString(3));
            }
        }
        return rows;
    }
}
