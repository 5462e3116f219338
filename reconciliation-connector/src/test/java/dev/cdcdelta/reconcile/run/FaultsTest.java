package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.Seed;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.key.DocumentKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults are found, each by its class, and nothing else is. */
class FaultsTest {
    private static final int DOCUMENTS = 350;

    @TempDir
    Path directory;

    PipelineRig rig;
    Random random;

    @BeforeEach
    void fill() {
        random = Seed.random(this);
        rig = new PipelineRig(directory).with("deep.sample", "0");
        SampleDocuments documents = new SampleDocuments(random);
        for (int i = 0; i < DOCUMENTS; i++) {
            rig.collection.put(documents.any(SampleDocuments.key(i), i));
            if (i % 100 == 0) {
                rig.settle();
            }
        }
        rig.settle();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void documentsOfEveryTypeAreNoFindings() {
        RangeResult result = rig.with("mode", "deep").run(rig.collection.plan(40));

        assertThat(rig.findings).isEmpty();
        assertThat(result.verdict()).isEqualTo("clean");
        assertThat(result.documents()).isEqualTo(DOCUMENTS);
        assertThat(result.rows()).isEqualTo(DOCUMENTS);
    }

    @Test
    void rowsThatSomebodyElseDeletedAddedAlteredAndDoubledAreFoundAndRepaired() {
        vandalize(true);
        RangePlan plan = rig.collection.plan(40);
        RangeResult result = rig.with("repair", "plan").run(plan);

        assertThat(rig.found()).isEqualTo(expected(true));
        assertThat(result.verdict()).isEqualTo("discrepancies");
        assertThat(rig.repairs).isEmpty();
        for (Struct finding : rig.findings) {
            String kind = finding.getString("class");
            assertThat(finding.getString("repair")).isEqualTo(kind.equals("duplicate") ? "off" : "planned");
            assertThat(finding.getArray("paths")).isEqualTo(kind.equals("different") ? List.of("city") : List.of());
            assertThat(finding.get("source_values")).isNull();
        }
    }

    @Test
    void whatCanBeRepairedIsAndNothingElseIsTouched() {
        vandalize(false);
        Map<String, List<String>> expected = expected(false);
        RangeResult result = rig.with("repair", "apply").run(rig.collection.plan(40));

        assertThat(rig.found()).isEqualTo(expected);
        assertThat(result.verdict()).isEqualTo("repaired");
        assertThat(rig.repairs)
                .hasSize(expected.values().stream().mapToInt(List::size).sum());
        rig.results.clear();
        rig.findings.clear();
        assertThat(rig.with("mode", "deep").run(rig.collection.plan(40)).verdict())
                .isEqualTo("clean");
    }

    /** Digests see the stored hash, which the altered rows keep; the rows beside them in their pieces are looked at whole. */
    @Test
    void anAlteredRowThatKeepsItsHashIsFoundByTheDeepModeOnly() {
        vandalAlters(BsonDocument.parse("{n: 30}"), false);
        assertThat(rig.run(rig.collection.plan(40)).verdict()).isEqualTo("clean");
        rig.results.clear();
        RangeResult deep = rig.with("deep.sample", "1").run(rig.collection.plan(40));
        assertThat(deep.findingsOf(FindingClass.DIFFERENT)).isOne();
    }

    /** A hash that is wrong beside columns that are right is no fault of the table's content. */
    @Test
    void aWrongHashBesideRightColumnsIsNoFinding() {
        rig.vandal.change((document, row) -> List.of(
                document.getNumber("n", new BsonInt32(0)).intValue() == 30
                        ? rig.vandal.with(row, CdcColumns.HASH, new byte[16])
                        : row));
        assertThat(rig.run(rig.collection.plan(40)).verdict()).isEqualTo("clean");
    }

    @Test
    void eventsThatNeverCameAreFound() {
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(1_001), 1));
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(3), 1));
        rig.collection.delete(SampleDocuments.key(5));
        rig.collection.lose();

        rig.with("repair", "apply").run(rig.collection.plan(40));

        assertThat(rig.found())
                .isEqualTo(Map.of(
                        "missing", List.of(text(1_001)),
                        "different", List.of(text(3)),
                        "extra", List.of(text(5))));
        rig.results.clear();
        assertThat(rig.run(rig.collection.plan(40)).verdict()).isEqualTo("clean");
    }

    @Test
    void tenThousandDocumentsInOtherWordsAreNoFindings() {
        SampleDocuments documents = new SampleDocuments(random);
        for (int i = DOCUMENTS; i < 10_000; i++) {
            rig.collection.put(SampleDocuments.plain(SampleDocuments.key(i), i)
                    .append("part", new BsonDocument("x", new BsonInt32(i)).append("y", new BsonInt32(-i))));
        }
        rig.settle();
        rig.collection
                .keys()
                .forEach(key -> rig.collection.putSilently(documents.inOtherWords(rig.collection.get(key))));

        assertThat(rig.run(rig.collection.plan(1_000)).verdict()).isEqualTo("clean");
        assertThat(rig.findings).isEmpty();
    }

    @Test
    void whatIsBeyondTheLimitIsCounted() {
        rig.vandal.change((document, row) ->
                document.getNumber("n", new BsonInt32(0)).intValue() < 100 ? List.of() : List.of(row));
        RangeResult result = rig.with("max.findings", "30").run(rig.collection.plan(40));

        assertThat(rig.findings).hasSize(30);
        assertThat(result.findingsOf(FindingClass.MISSING)).isEqualTo(30);
        assertThat(result.unexamined()).isGreaterThanOrEqualTo(70);
        assertThat(result.verdict()).isEqualTo("discrepancies");
    }

    @Test
    void theShareBreakerAndTheLimitOnRepairsHoldThemBack() {
        rig.vandal.change((document, row) ->
                document.getNumber("n", new BsonInt32(0)).intValue() < 100 ? List.of() : List.of(row));
        rig.with("repair", "apply").with("max.repair.share", "0.1").run(rig.collection.plan(400));
        assertThat(rig.repairs).isEmpty();
        assertThat(rig.findings).allSatisfy(finding -> {
            assertThat(finding.getString("repair")).isEqualTo("refused");
            assertThat(finding.getString("detail")).contains("max.repair.share");
        });
        rig.results.clear();
        rig.findings.clear();
        rig.with("max.repair.share", "1").with("max.repairs", "99").run(rig.collection.plan(400));
        assertThat(rig.repairs).isEmpty();
        assertThat(rig.findings)
                .allSatisfy(finding -> assertThat(finding.getString("detail")).contains("max.repairs"));
    }

    @Test
    void redactionHidesKeysOrShowsValues() {
        vandalAlters(BsonDocument.parse("{n: 30}"), true);
        rig.with("redaction", "keys").run(rig.collection.plan(400));
        assertThat(rig.findings.get(0).getString("key")).startsWith("sha256:");
        assertThat(rig.findings.toString()).doesNotContain("Nowhere");
        rig.results.clear();
        rig.findings.clear();
        rig.with("redaction", "none").run(rig.collection.plan(400));
        assertThat(rig.findings.get(0).getArray("source_values").toString()).contains("City 2");
        assertThat(rig.findings.get(0).getArray("table_values").toString()).contains("Nowhere");
    }

    /** Rows 10 twice, 20 and 21 gone, 30 altered, one of nobody. */
    private void vandalize(boolean doubled) {
        rig.vandal.change((document, row) -> switch (document.getNumber("n", new BsonInt32(0))
                .intValue()) {
            case 10 -> doubled ? List.of(row, Vandal.copy(row)) : List.of(row);
            case 20, 21 -> List.of();
            default -> List.of(row);
        });
        vandalAlters(BsonDocument.parse("{n: 30}"), true);
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(2_000), 2_000));
        if (!doubled) {
            rig.settle();
            rig.collection.delete(SampleDocuments.key(2_000));
            rig.collection.lose();
        } else {
            rig.collection.lose();
        }
    }

    private void vandalAlters(BsonDocument which, boolean withHash) {
        rig.vandal.change((document, row) -> {
            if (document.getNumber("n", new BsonInt32(0)).intValue()
                    != which.getInt32("n").getValue()) {
                return List.of(row);
            }
            StoredRow altered = rig.vandal.with(row, "city", "Nowhere");
            return List.of(
                    withHash
                            ? rig.vandal.with(altered, CdcColumns.HASH, new byte[] {
                                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
                            })
                            : altered);
        });
    }

    private static Map<String, List<String>> expected(boolean doubled) {
        return doubled
                ? Map.of(
                        "missing", sorted(text(20), text(21), text(2_000)),
                        "different", List.of(text(30)),
                        "duplicate", List.of(text(10)))
                : Map.of(
                        "missing", sorted(text(20), text(21)),
                        "different", List.of(text(30)),
                        "extra", List.of(text(2_000)));
    }

    private static List<String> sorted(String... keys) {
        return List.of(keys).stream().sorted().toList();
    }

    private static String text(int i) {
        return DocumentKey.of(SampleDocuments.key(i)).canonical();
    }
}
