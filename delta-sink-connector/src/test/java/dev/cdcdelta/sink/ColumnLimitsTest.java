package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.mapping.RowMapper;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.connect.DocumentWriter;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.nio.file.Path;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are deeper or wider than the columns of a table may be: nothing of them is lost. */
class ColumnLimitsTest {
    @TempDir
    Path directory;

    private SinkRig rig;

    @BeforeEach
    void rig() {
        rig = new SinkRig(directory);
    }

    private void run(FakeRuntime task) {
        task.pollAll();
        task.sink();
    }

    @Test
    void fieldsBeyondTheLimitShareAColumnAlsoAfterARestart() {
        rig.with("schema.max.columns", "3");
        rig.source.upsert("a", "\"n\":1", 1).upsert("b", "\"n\":2,\"m\":3,\"o\":{\"p\":4}", 1);
        run(rig.unstarted().start(P0));
        rig.table.hasRows("a: n=1", "b: __rest={\"o\":{\"p\":{\"$numberInt\":\"4\"}}} m=3 n=2");
        rig.source.upsert("a", "\"n\":\"x\",\"q\":true", 2);
        run(rig.unstarted().start(P0));
        rig.table.hasRows(
                "a: __rest={\"q\":true} n__json=\"x\"", "b: __rest={\"o\":{\"p\":{\"$numberInt\":\"4\"}}} m=3 n=2");
    }

    @Test
    void aHigherLimitGivesNewFieldsColumnsAgain() {
        rig.with("schema.max.columns", "2");
        rig.source.upsert("a", "\"n\":1,\"m\":1", 1);
        run(rig.unstarted().start(P0));
        rig.with("schema.max.columns", "5");
        rig.source.upsert("b", "\"n\":2,\"m\":2", 1);
        run(rig.unstarted().start(P0));
        rig.table.hasRows("a: __rest={\"m\":{\"$numberInt\":\"1\"}} n=1", "b: m=2 n=2");
    }

    @Test
    void whatIsTooDeepIsText() {
        rig.with("schema.max.depth", "1");
        rig.source.upsert("a", "\"n\":{\"m\":1},\"l\":[1]", 1);
        run(rig.unstarted().start(P0));
        rig.table.hasRows("a: l=[{\"$numberInt\":\"1\"}] n={\"m\":{\"$numberInt\":\"1\"}}");
    }

    @Test
    void decimalsBecomeWhatTheModeSays() {
        rig.with("decimal.mode", "decimal(10,2)");
        rig.source
                .upsert("a", "\"n\":{\"$numberDecimal\":\"1.5\"}", 1)
                .upsert("b", "\"n\":{\"$numberDecimal\":\"0.001\"}", 1);
        run(rig.unstarted().start(P0));
        rig.table.hasRows("a: n=1.50", "b: n__json={\"$numberDecimal\":\"0.001\"}");
    }

    /** Each has room for its fields before the other commits; the limit gives way, not the rows. */
    @Test
    void twoTasksThatReachTheLimitAtOnceLoseNothing() {
        rig.with("schema.max.columns", "3");
        FakeRuntime one = rig.unstarted().start(P0);
        FakeRuntime other = rig.unstarted().start(P1);
        rig.source(P0).upsert("a", "\"n\":1,\"m\":1", 1);
        rig.source(P1).upsert("b", "\"o\":2,\"p\":2", 1);
        one.pollAll();
        other.pollAll();
        one.sink();
        other.sink();
        rig.source(P0).upsert("c", "\"z\":3", 1);
        run(one);
        rig.table.hasRows("a: m=1 n=1", "b: o=2 p=2", "c: __rest={\"z\":{\"$numberInt\":\"3\"}}");
    }

    /** As from a transform whose limits are higher than the sink's. */
    @Test
    void typedDocumentsAreHeldToTheSinksLimits() {
        SchemaRules rules = SchemaRules.of(ConflictPolicy.SIDECAR).within(new SchemaLimits(2, 4));
        SchemaPlanner planner = new SchemaPlanner(SchemaGrowth.WIDEN, rules, TableKind.DOCUMENTS, false);
        BsonDocument document = BsonDocument.parse("{_id: 1, a: {b: {c: 1}, d: [{e: 2}]}, 'x.y': 5, x__json: [1],"
                + " l: [{m: 1, n: {o: 2}, p: 3}, {q: 'r'}], z: true}");
        StructType type = TypeInference.ofDocument(document, ConflictPolicy.SIDECAR);
        Struct typed = new DocumentWriter(type).write(document).orElseThrow();
        ColumnType.Struct columns = planner.create(type);
        StructType held = DocumentColumns.typeOf(columns);
        assertThat(held.field("z")).isEmpty();
        assertThat(held.field(FieldNames.REST)).isPresent();
        assertThat(planner.grow(columns, type)).isEqualTo(columns);
        Object[] row =
                new RowMapper(typed.schema(), columns, rules).row(typed, SourceVersion.UNKNOWN, Operation.CREATE);
        assertThat(new RowDocument(columns).of(row).document()).isEqualTo(document);
    }
}
