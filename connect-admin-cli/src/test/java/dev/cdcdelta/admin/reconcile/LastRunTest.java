package dev.cdcdelta.admin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.admin.topic.RecordedTopics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastRunTest {
    private final RecordedTopics kafka = new RecordedTopics();
    private final ReconcileTopics topics =
            new ReconcileTopics(kafka.scan(), new Reconciler("check", Map.of("database", "shop")));

    private void report(String run, String collection, String verdict) {
        kafka.add("reconciliation.reports", null, """
                {"run":"%s","database":"shop","collection":"%s","verdict":"%s","ranges":1,"table":"t","table_version":1}
                """.formatted(run, collection, verdict));
    }

    @Test
    void theWorstCollectionOfTheNewestRunCounts() {
        report("r1", "orders", "failed");
        report("r2", "orders", "discrepancies");
        report("r2", "users", "clean");

        assertThat(LastRun.of(topics)).map(LastRun::toString).contains("discrepancies (run r2)");
    }

    @Test
    void withoutAReportThereIsNoVerdict() {
        assertThat(LastRun.of(topics)).isEmpty();
    }
}
