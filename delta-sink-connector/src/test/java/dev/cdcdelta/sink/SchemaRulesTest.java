package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies, declared types, limits and names, as a table shows them. */
class SchemaRulesTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory);
    }

    @Test
    void aFieldIsTextFromItsFirstValueOnWhereThePolicySaysSo() {
        rig.with("conflict.policies", "raw=json, items.*=json");
        rig.source
                .upsert("a", "\"raw\":1,\"items\":[{\"p\":1}],\"n\":1", 1)
                .upsert("b", "\"raw\":{\"k\":\"x\"},\"items\":[{\"p\":\"x\"}],\"n\":\"x\"", 1)
                .upsert("c", "\"raw\":null", 1);
        rig.task(P0).sink();
        rig.table.hasRows(
                "a: items=[{p={\"$numberInt\":\"1\"}}] n=1 raw={\"$numberInt\":\"1\"}",
                "b: items=[{p=\"x\"}] n__json=\"x\" raw={\"k\":\"x\"}",
                "c:");
    }

    @Test
    void declaredTypesHoldFromTheFirstDocumentOn() {
        rig.with("schema.hints", "price=decimal(10,2), n=double, i=int, tags=array<bigint>, deep.*=string, raw=json");
        rig.source
                .upsert("a", "\"price\":1,\"n\":1,\"i\":{\"$numberLong\":\"5\"},\"tags\":[1],\"deep\":{\"x\":1}", 1)
                .upsert("b", "\"price\":{\"$numberDecimal\":\"1.5\"},\"n\":{\"$numberLong\":\"2\"},\"i\":5.0", 1)
                .upsert("c", "\"price\":0.1,\"n\":\"x\",\"i\":5000000000.0,\"tags\":[1,\"x\"],\"raw\":[]", 1)
                .upsert(
                        "d",
                        "\"price\":{\"$numberDecimal\":\"1.505\"},\"n\":{\"$numberLong\":\"9007199254740993\"}",
                        1);
        rig.task(P0).sink();
        rig.table.hasRows(
                "a: deep={x__json={\"$numberInt\":\"1\"}} i=5 n=1.0 price=1.00 tags=[1]",
                "b: i=5 n=2.0 price=1.50",
                "c: i__json={\"$numberDouble\":\"5.0E9\"} n__json=\"x\" price__json={\"$numberDouble\":\"0.1\"} raw=[]"
                        + " tags__json=[{\"$numberInt\":\"1\"},\"x\"]",
                "d: n__json={\"$numberLong\":\"9007199254740993\"} price__json={\"$numberDecimal\":\"1.505\"}");
    }

    @Test
    void decimalsAreDoublesOnlyWhereThatLosesNothing() {
        rig.with("decimal.mode", "double");
        rig.source
                .upsert("a", "\"x\":{\"$numberDecimal\":\"1.5\"}", 1)
                .upsert("b", "\"x\":{\"$numberDecimal\":\"0.1\"}", 1)
                .upsert("c", "\"x\":{\"$numberDecimal\":\"NaN\"}", 1);
        rig.task(P0).sink();
        rig.table.hasRows("a: x=1.5", "b: x__json={\"$numberDecimal\":\"0.1\"}", "c: x=NaN");
    }

    @Test
    void whatIsTooDeepIsText() {
        rig.with("schema.max.depth", "2");
        rig.source.upsert("a", "\"d\":{\"e\":{\"f\":1},\"g\":[1]},\"h\":[1,[2]]", 1);
        rig.task(P0).sink();
        rig.table.hasRows("a: d={e={\"f\":{\"$numberInt\":\"1\"}}, g=[{\"$numberInt\":\"1\"}]}"
                + " h__json=[{\"$numberInt\":\"1\"},[{\"$numberInt\":\"2\"}]]");
    }

    @Test
    void thousandsOfNamesFitIntoAFewColumns() {
        rig.with("schema.max.columns", "20");
        FakeRuntime task = rig.task(P0);
        int documents = 3000;
        for (int i = 0; i < documents; i++) {
            rig.source.upsert("d" + i, "\"byKey\":{\"k" + i + "\":" + i + "},\"n\":" + i, 1);
            if (i % 500 == 0) {
                task.sink();
            }
        }
        task.sink();
        rig.source.upsert("late", "\"new\":{\"x\":[1]}", 2);
        rig.task(P0).sink();
        assertThat(rig.table.rows(false))
                .hasSize(documents + 1)
                .contains("d0: byKey={k0=0} n=0", "d2999: byKey={__rest={\"k2999\":{\"$numberInt\":\"2999\"}}} n=2999")
                .contains("late: __rest={\"new\":{\"x\":[{\"$numberInt\":\"1\"}]}}");
    }

    @Test
    void aTableThatMayNotWidenPutsWiderValuesBesideItsColumns() {
        rig.with("table.properties.delta.enableTypeWidening", "false");
        FakeRuntime task = rig.task(P0);
        rig.source.upsert("a", "\"n\":1,\"list\":[1]", 1);
        task.sink();
        rig.source
                .upsert("b", "\"n\":{\"$numberLong\":\"5000000000\"},\"list\":[2.5]", 2)
                .upsert("c", "\"n\":3", 2);
        task.sink();
        rig.table.hasRows(
                "a: list=[1] n=1",
                "b: list__json=[{\"$numberDouble\":\"2.5\"}] n__json={\"$numberLong\":\"5000000000\"}",
                "c: n=3");
    }

    @Test
    void namesOfAllKindsHaveTheirOwnColumns() {
        String longName = "x".repeat(10_000);
        rig.source.upsert(
                "a",
                "\"a.b\":1,\"a\":{\"b\":2,\"B\":3},\"A\":4,\"   \":5,\"\":6,\"_\":7,\"\\ud800\":8,\"_cdc_ts\":9,\"__rest\":10,\"s__json\":11,\""
                        + longName + "\":12",
                1);
        rig.task(P0).sink();
        rig.table.hasRows(
                "a: %20%20%20=5 %25uD800=8 %5Fcdc_ts=9 A__2=4 _=6 __=7 __rest_=10 a={B__2=3, b=2} a.b=1 s__json_=11 "
                        + longName + "=12");
        rig.source.upsert("b", "\"A\":1,\"\":2,\"\\ud800\":3", 2);
        rig.task(P0).sink();
        assertThat(rig.table.rows(false)).contains("b: %25uD800=3 A__2=1 _=2");
    }
}
