package dev.cdcdelta.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TableMaintenanceTest {
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void ofWaitingWorkOfAKindForATableOnlyTheNewestIsDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        try (TableMaintenance maintenance = TableMaintenance.onThread("maintenance-test")) {
            maintenance.submit("a", "checkpoint", () -> {
                begun.countDown();
                mayGoOn.await();
                done.add("a 1");
            });
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            maintenance.submit("a", "checkpoint", () -> done.add("a 2"));
            maintenance.submit("a", "checkpoint", () -> done.add("a 3"));
            maintenance.submit("a", "checksum", () -> done.add("a checksum"));
            maintenance.submit("b", "checkpoint", () -> {
                done.add("b");
                last.countDown();
            });
            mayGoOn.countDown();
            assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done).containsExactly("a 1", "a 3", "a checksum", "b");
    }

    @Test
    void closingWaitsForWhatRunsAndDropsWhatWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        TableMaintenance maintenance = TableMaintenance.onThread("maintenance-test");
        maintenance.submit("a", "checkpoint", () -> {
            begun.countDown();
            Thread.yield();
            done.add("running");
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        maintenance.close();
        maintenance.submit("a", "checkpoint", () -> done.add("too late"));

        assertThat(done).containsExactly("running");
    }

    @Test
    void failuresAreCountedAndDoNotStopTheNext() {
        try (TableMaintenance maintenance = TableMaintenance.sameThread()) {
            maintenance.submit("a", "checkpoint", () -> {
                throw new IllegalStateException("broken");
            });
            maintenance.submit("a", "checkpoint", () -> done.add("next"));

            assertThat(maintenance.failures()).isEqualTo(1);
            assertThat(done).containsExactly("next");
        }
    }
}
