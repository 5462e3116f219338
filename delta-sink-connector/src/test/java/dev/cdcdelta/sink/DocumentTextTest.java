package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import dev.cdcdelta.smt.SchemaEvolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The column {@code _doc}. */
class DocumentTextTest {
    @TempDir
    Path directory;

    SinkRig rig;

    @BeforeEach
    void prepare() {
        rig = new SinkRig(directory).with("document.text", "true");
    }

    /** What Debezium writes (extended JSON, version 1, strict) and what is kept. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "5                                           | {'$numberInt':'5'}",
                "{'$numberLong':'5'}                         | {'$numberLong':'5'}",
                "5.0                                         | {'$numberDouble':'5.0'}",
                "-0.0                                        | {'$numberDouble':'-0.0'}",
                "1.0E-300                                    | {'$numberDouble':'1.0E-300'}",
                "NaN                                         | {'$numberDouble':'NaN'}",
                "-Infinity                                   | {'$numberDouble':'-Infinity'}",
                "{'$numberDecimal':'1.500'}                  | {'$numberDecimal':'1.500'}",
                "{'$numberDecimal':'1E+3'}                   | {'$numberDecimal':'1E+3'}",
                "{'$numberDecimal':'-0'}                     | {'$numberDecimal':'-0'}",
                "true                                        | true",
                "null                                        | null",
                "''                                          | ''",
                "'5'                                         | '5'",
                "{'$symbol':'s'}                             | {'$symbol':'s'}",
                "{'$undefined':true}                         | {'$undefined':true}",
                "{'$oid':'5f1a2b3c4d5e6f7a8b9c0d1e'}         | {'$oid':'5f1a2b3c4d5e6f7a8b9c0d1e'}",
                "{'$date':-1}                                | {'$date':{'$numberLong':'-1'}}",
                "{'$date':9223372036854775807}               | {'$date':{'$numberLong':'9223372036854775807'}}",
                "{'$timestamp':{'t':4294967295,'i':1}}       | {'$timestamp':{'t':4294967295,'i':1}}",
                "{'$binary':'AQI=','$type':'80'}             | {'$binary':{'base64':'AQI=','subType':'80'}}",
                "{'$regex':'^a','$options':'i'}              | {'$regularExpression':{'pattern':'^a','options':'i'}}",
                "{'$code':'f()'}                             | {'$code':'f()'}",
                "{'$code':'f()','$scope':{'x':1}}            | {'$code':'f()','$scope':{'x':{'$numberInt':'1'}}}",
                "{'$minKey':1}                               | {'$minKey':1}",
                "{'$maxKey':1}                               | {'$maxKey':1}",
                "{'z':1,'a':{},'m':[]}                       | {'z':{'$numberInt':'1'},'a':{},'m':[]}",
                "[1,'x',null,[2.0],{'b':1,'a':2}]            | [{'$numberInt':'1'},'x',null,[{'$numberDouble':'2.0'}],"
                        + "{'b':{'$numberInt':'1'},'a':{'$numberInt':'2'}}]",
            })
    void keepsEveryTypeAsItCame(String debezium, String kept) {
        // Values of other types came before, in the same fields.
        rig.source.insert("first", "\"v\":\"text\",\"w\":[true]");
        String value = debezium.replace('\'', '"');
        rig.source.upsert("a", "\"v\":" + value + ",\"w\":[" + value + "]", 2);
        rig.task(P0).sink();
        String expected = kept.replace('\'', '"');
        assertThat(rig.table.rows(false))
                .anyMatch(row -> row.startsWith("a:")
                        && row.contains("_doc={\"_id\":\"a\",\"v\":" + expected + ",\"w\":[" + expected + "]}"));
    }

    @Test
    void aFieldOfThatNameHasAColumnOfAnother() throws Exception {
        rig.source.insert("a", "\"_doc\":5,\"_DOC\":6,\"x\":{\"_doc\":7}");
        rig.task(P0).sink();
        assertThat(rig.table.snapshot().columns().columns())
                .extracting(Column::name)
                .contains("_doc", "%5Fdoc", "%5FDOC__2", "x");
        rig.table.hasRows("a: %5FDOC__2=6 %5Fdoc=5 _doc={\"_id\":\"a\",\"_doc\":{\"$numberInt\":\"5\"},"
                + "\"_DOC\":{\"$numberInt\":\"6\"},\"x\":{\"_doc\":{\"$numberInt\":\"7\"}}} x={_doc=7}");
        TableProtocolCheck.check(rig.table.location());
    }

    @Test
    void theNameIsReservedFromTheFirstDocumentOn() {
        rig.with("document.text", "false");
        rig.source.insert("a", "\"_doc\":5");
        rig.task(P0).sink();
        rig.table.hasRows("a: %5Fdoc=5");
    }

    @Test
    void aTableCanBeginToKeepTheTextLater() {
        rig.with("document.text", "false").with("update.mode", "apply");
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1");
        rig.task(P0).sink();
        rig.with("document.text", "true").with("schema.evolution", "none");
        rig.source.insert("c", "\"n\":2").update("c", "\"n\":3", 2).update("a", "\"n\":4", 2);
        rig.task(P0).sink();
        rig.table.hasRows("a: n=4", "b: n=1", "c: _doc={\"_id\":\"c\",\"n\":{\"$numberInt\":\"3\"}} n=3");
    }

    @ParameterizedTest
    @CsvSource({"upsert,hard", "upsert,soft", "append,hard", "history,hard"})
    void everyKindOfTableKeepsIt(String mode, String deletes) throws Exception {
        rig.with("write.mode", mode).with("delete.mode", deletes);
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":1");
        FakeRuntime task = rig.task(P0);
        task.sink();
        rig.source.upsert("a", "\"n\":2", 2).deleteOnly("b", 3);
        task.sink();
        String two = "_doc={\"_id\":\"a\",\"n\":{\"$numberInt\":\"2\"}}";
        assertThat(rig.table.rows(false)).anyMatch(row -> row.contains(two) && row.endsWith("n=2"));
        if (mode.equals("append")) {
            assertThat(rig.table.rows(false)).contains("b:");
        } else if (!mode.equals("upsert") || deletes.equals("soft")) {
            assertThat(rig.table.rows(false)).contains("b: _doc={\"_id\":\"b\",\"n\":{\"$numberInt\":\"1\"}} n=1");
        }
        TableProtocolCheck.check(rig.table.location());
    }

    @Test
    void theTransformHandsTheTextOnIfItIsToldTo() {
        List<String> reported = new ArrayList<>();
        rig.source.insert("a", "\"n\":1").insert("b", "\"n\":2");
        List<SinkRecord> records = rig.topics.read(P0, 0, 2);
        rig.topics.recreate(P0);
        transform(records.get(0), Map.of(SchemaEvolution.DOCUMENT_TEXT, "true"));
        transform(records.get(1), Map.of());
        FakeRuntime task = rig.unstarted();
        task.reporter = (record, error) -> {
            reported.add(error.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        task.start(P0).sink();
        rig.table.hasRows("a: _doc={\"_id\":\"a\",\"n\":{\"$numberInt\":\"1\"}} n=1");
        assertThat(reported).singleElement().asString().contains("cdcdelta.doc", "document.text=true", "JsonConverter");
    }

    private void transform(SinkRecord record, Map<String, String> settings) {
        SchemaEvolution.Value<SinkRecord> transform = new SchemaEvolution.Value<>();
        transform.configure(settings);
        SinkRecord typed = requireNonNull(transform.apply(record));
        rig.topics.append(P0, null, typed.key(), typed.valueSchema(), typed.value(), typed.headers());
    }
}
