package dev.cdcdelta.reconcile.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.finding.FindingClass;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RangeResultTest {
    @Test
    void theVerdictIsTheWorstThatIsTrue() {
        assertThat(result(Map.of(), 0, 0).verdict()).isEqualTo("clean");
        assertThat(result(Map.of(FindingClass.HOT, 1L), 0, 0).verdict()).isEqualTo("unverified");
        assertThat(result(Map.of(), 1, 0).verdict()).isEqualTo("unverified");
        assertThat(result(Map.of(FindingClass.MISSING, 2L), 0, 2).verdict()).isEqualTo("repaired");
        assertThat(result(Map.of(FindingClass.MISSING, 2L, FindingClass.HOT, 1L), 0, 2)
                        .verdict())
                .isEqualTo("unverified");
        assertThat(result(Map.of(FindingClass.MISSING, 2L), 9, 1).verdict()).isEqualTo("discrepancies");
        RangeResult failed = new RangeResult(0, 0, 0, Map.of(), 0, 0, -1, -1, 0, 0, Optional.of("why"));
        assertThat(result(Map.of(), 0, 0).plus(failed).verdict()).isEqualTo("failed");
    }

    @Test
    void aSumIsAsOldAsItsOldestPart() {
        RangeResult sum = new RangeResult(1, 10, 1, Map.of(), 0, 0, 7, 3, 100, 200, Optional.empty())
                .plus(new RangeResult(2, 20, 2, Map.of(), 0, 0, 5, 4, 50, 150, Optional.empty()));
        assertThat(sum).isEqualTo(new RangeResult(3, 30, 3, Map.of(), 0, 0, 5, 3, 50, 200, Optional.empty()));
    }

    @Test
    void anOffsetTellsTheResultOfItsOwnRunOnly() {
        RangeResult result = result(Map.of(FindingClass.EXTRA, 1L), 2, 3);
        Map<String, Object> offset = Places.done("one", result);
        assertThat(Places.resultOf("one", offset).orElseThrow().verdict()).isEqualTo(result.verdict());
        assertThat(Places.resultOf("two", offset)).isEmpty();
        assertThat(Places.resultOf("one", null)).isEmpty();
    }

    /** Connect looks offsets up by the JSON of the partition: with another order of fields they would not be found after a restart. */
    @Test
    void thePartitionsFieldsComeInTheOrderInWhichConnectsApiReadsThem() {
        Map<String, Object> asReadFromJson = new HashMap<>();
        asReadFromJson.put("range", "12");
        asReadFromJson.put("collection", "orders");
        assertThat(Places.ofRange("orders", 12).keySet()).containsExactlyElementsOf(asReadFromJson.keySet());
    }

    private static RangeResult result(Map<FindingClass, Long> findings, long unexamined, long repaired) {
        return new RangeResult(10, 100, 10, findings, unexamined, repaired, 1, 1, 0, 1, Optional.empty());
    }
}
