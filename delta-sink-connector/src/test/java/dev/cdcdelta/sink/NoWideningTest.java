package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.ForeignWriter;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables whose columns keep their types, whoever wants that: a wider value stands beside its column. Documents in = rows + dead letters. */
class NoWideningTest {
    private static final String PROPERTY = "delta.enableTypeWidening";
    private static final String LONG = "{\"$numberLong\":\"5000000000\"}";

    @TempDir
    Path directory;

    private SinkRig rig;
    private final List<Long> dead = new ArrayList<>();

    enum Who {
        TABLE_PROPERTIES,
        ANOTHER_PROGRAM,
        SCHEMA_EVOLUTION
    }

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    private FakeRuntime started(Who who) throws IOException {
        if (who == Who.SCHEMA_EVOLUTION) {
            rig.with("schema.evolution", "add");
        } else if (who == Who.TABLE_PROPERTIES) {
            rig.with("table.properties." + PROPERTY, "false");
        }
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            dead.add(record.kafkaOffset());
            return CompletableFuture.completedFuture(null);
        };
        task.start(P0);
        rig.source.upsert("a", "\"n\":1,\"in\":{\"x\":1},\"list\":[1,2],\"docs\":[{\"y\":1}],\"t\":\"s\"", 1);
        sink(task);
        if (who == Who.ANOTHER_PROGRAM) {
            forbid();
        }
        return task;
    }

    private void forbid() throws IOException {
        new ForeignWriter(rig.table.location()).setProperty(PROPERTY, "false");
    }

    private static void sink(FakeRuntime task) {
        task.pollAll();
        task.sink();
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void widerValuesStandBesideTheirColumnsAtEveryPlace(Who who) throws Exception {
        FakeRuntime task = started(who);
        rig.source
                .upsert("e", "\"n\":7.0,\"in\":{\"x\":{\"$numberLong\":\"8\"}},\"list\":[3.0]", 1)
                .upsert("b", "\"n\":" + LONG + ",\"in\":{\"x\":2.5}", 1)
                .upsert("c", "\"n\":2.5,\"list\":[1," + LONG + "]", 1)
                .upsert("d", "\"docs\":[{\"y\":2},{\"y\":" + LONG + "}],\"new\":" + LONG, 1);
        sink(task);
        rig.source.upsert("f", "\"n\":9,\"new\":1", 1);
        sink(task);
        task.stop();
        rig.table.hasRows(
                "a: docs=[{y=1}] in={x=1} list=[1, 2] n=1 t=s",
                "b: in={x__json={\"$numberDouble\":\"2.5\"}} n__json={\"$numberLong\":\"5000000000\"}",
                "c: list__json=[{\"$numberInt\":\"1\"},{\"$numberLong\":\"5000000000\"}] n__json={\"$numberDouble\":\"2.5\"}",
                "d: docs=[{y=2}, {y__json={\"$numberLong\":\"5000000000\"}}] new=5000000000",
                "e: in={x=8} list=[3] n=7",
                "f: n=9 new=1");
        assertThat(duckDb(
                        "_id || ' ' || coalesce(n::varchar, n__json) || ' ' || typeof(n)",
                        "n IS NOT NULL OR n__json IS NOT NULL"))
                .containsExactly(
                        "a 1 INTEGER",
                        "b {\"$numberLong\":\"5000000000\"} INTEGER",
                        "c {\"$numberDouble\":\"2.5\"} INTEGER",
                        "e 7 INTEGER",
                        "f 9 INTEGER");
        assertThat(duckDb("docs[2].y__json", "_id = 'd'")).containsExactly(LONG);
        assertThat(dead).isEmpty();
        assertThat(log()).doesNotContain("\"typeWidening\"");
        TableProtocolCheck.check(rig.table.location());
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void aPolicyThatRefusesReportsTheWiderValueAlone(Who who) throws Exception {
        rig.with("conflict.policies", "n=dlq");
        FakeRuntime task = started(who);
        rig.source
                .upsert("b", "\"n\":" + LONG, 1)
                .upsert("c", "\"n\":{\"$numberLong\":\"7\"}", 1)
                .upsert("d", "\"in\":{\"x\":2.5}", 1);
        sink(task);
        // Where the property is news to the task, the records are read again.
        sink(task);
        rig.table.hasRows(
                "a: docs=[{y=1}] in={x=1} list=[1, 2] n=1 t=s",
                "c: n=7",
                "d: in={x__json={\"$numberDouble\":\"2.5\"}}");
        assertThat(dead).containsExactly(1L);
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void aPolicyThatFailsStopsTheTask(Who who) throws Exception {
        rig.with("conflict.policies", "n=fail");
        FakeRuntime task = started(who);
        rig.source.upsert("b", "\"n\":" + LONG, 1);
        assertThatThrownBy(() -> sink(task))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("topic mongo.shop.orders, partition 0, offset 1")
                .hasMessageContaining("Field 'n'");
        assertThat(dead).isEmpty();
    }

    @Test
    void theFirstFlushMayWidenAndTheNextMayNot() {
        rig.with("table.properties." + PROPERTY, "false");
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":" + LONG, 1);
        sink(task);
        rig.source.upsert("c", "\"n\":2.5", 1);
        sink(task);
        rig.table.hasRows("a: n=1", "b: n=5000000000", "c: n__json={\"$numberDouble\":\"2.5\"}");
    }

    /** The rows are mapped already, to wider columns, when the table is found to be another one: they are read again. */
    @Test
    void aTableThatAnotherTaskHasMadeKeepsItsTypes() {
        rig.with("table.properties." + PROPERTY, "false");
        FakeRuntime late = rig.task(P0);
        rig.source(P0).upsert("a", "\"n\":1", 1).upsert("b", "\"n\":" + LONG, 1);
        late.pollAll();
        FakeRuntime first = rig.task(P1);
        rig.source(P1).upsert("c", "\"n\":1", 1);
        sink(first);
        sink(late);
        sink(late);
        rig.table.hasRows("a: n=1", "b: n__json={\"$numberLong\":\"5000000000\"}", "c: n=1");
        assertThat(late.counters().rewinds()).isEqualTo(1);
    }

    /** The property changes after the look at the table, before the commit that widens. */
    @Test
    void aLostRaceAgainstThePropertyIsNoWidening() throws Exception {
        rig.source.upsert("a", "\"n\":1", 1);
        sink(rig.task(P0));
        boolean[] done = {false};
        FakeRuntime task = rig.task(
                (table, commit) -> {
                    if (!done[0]) {
                        done[0] = true;
                        try {
                            forbid();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    return table.commit(commit);
                },
                P0);
        rig.source.upsert("b", "\"n\":" + LONG, 1);
        sink(task);
        sink(task);
        assertThat(done[0]).isTrue();
        rig.table.hasRows("a: n=1", "b: n__json={\"$numberLong\":\"5000000000\"}");
        assertThat(log()).doesNotContain("\"typeWidening\"");
    }

    @Test
    void aTableThatMayWidenAgainDoes() throws Exception {
        FakeRuntime task = started(Who.ANOTHER_PROGRAM);
        rig.source.upsert("b", "\"n\":" + LONG, 1);
        sink(task);
        new ForeignWriter(rig.table.location()).setProperty(PROPERTY, "true");
        rig.source.upsert("c", "\"n\":" + LONG, 1);
        sink(task);
        // The task learns of the property with the table's next version.
        rig.source.upsert("d", "\"n\":" + LONG, 1);
        sink(task);
        assertThat(rig.table.rows(false)).contains("b: n__json=" + LONG, "d: n=5000000000");
    }

    private List<String> duckDb(String expression, String condition) throws SQLException {
        String files = rig.table.snapshot().files().keySet().stream()
                .map(path -> "'" + directory.resolve("shop/orders").resolve(path) + "'")
                .collect(Collectors.joining(", "));
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT " + expression + " FROM read_parquet([" + files
                        + "], union_by_name = true) WHERE " + condition + " ORDER BY _id")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    private String log() throws IOException {
        StringBuilder text = new StringBuilder();
        for (long version = 0; version <= rig.table.snapshot().version(); version++) {
            text.append(Files.readString(ChangeFeed.commit(directory.resolve("shop/orders"), version)));
        }
        return text.toString();
    }
}
