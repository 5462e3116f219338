package dev.cdcdelta.sink.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.TestClock;
import dev.cdcdelta.sink.table.DataFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private UpsertRig rig;

    @SuppressWarnings("NullAway.Init")
    private Compactor compactor;

    private final ArrayDeque<Runnable> maintenance = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void eightSmallFiles() {
        rig = new UpsertRig("file://" + directory);
        for (int i = 0; i < 8; i++) {
            rig.upsert("row", i);
        }
        compactor =
                compactor(new CompactionPolicy(true, INTERVAL, 128L << 20, Duration.ofSeconds(1), Duration.ofDays(7)));
        look();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aTableIsCompactedOnceItsIntervalHasPassed() {
        assertThat(maintenance).isEmpty();
        pass(INTERVAL);
        look();
        look();
        assertThat(maintenance).hasSize(1);
        assertThat(compactor.hasReady(rig.location)).isFalse();
        maintenance.remove().run();
        assertThat(compactor.hasReady(rig.location)).isTrue();
        CompactedFiles ready = compactor.takeReady(rig.location).orElseThrow();
        assertThat(compactor.takeReady(rig.location)).isEmpty();
        compactor.installed(rig.location, rig.install(ready));
        assertThat(rig.table.snapshot().files()).hasSize(1);
        assertThat(compactor.counters().installed()).isEqualTo(1);
        assertThat(compactor.counters().rows()).isEqualTo(8);
        assertThat(compactor.counters().removedFiles()).isEqualTo(8);
        rig.check("compacted");
        look();
        assertThat(maintenance).isEmpty();
    }

    @Test
    void aTableWithNothingToDoIsNotLookedAtBeforeTheNextInterval() {
        rig.install(rig.compact());
        pass(INTERVAL);
        look();
        for (int i = 0; i < 8; i++) {
            rig.upsert("row", 20 + i);
        }
        look();
        assertThat(maintenance).isEmpty();
        pass(INTERVAL);
        look();
        assertThat(maintenance).hasSize(1);
    }

    @Test
    void aFailureIsWaitedOut() {
        pass(INTERVAL);
        look();
        for (DataFile file : rig.table.snapshot().files().values()) {
            assertThat(directory.resolve(file.path()).toFile().delete()).isTrue();
        }
        maintenance.remove().run();
        assertThat(compactor.counters().failed()).isEqualTo(1);
        assertThat(compactor.takeReady(rig.location)).isEmpty();
        look();
        assertThat(maintenance).isEmpty();
        pass(INTERVAL);
        look();
        assertThat(maintenance).hasSize(1);
    }

    @Test
    void anInstallationThatFailsIsWaitedOut() {
        pass(INTERVAL);
        look();
        maintenance.remove().run();
        assertThat(compactor.takeReady(rig.location)).isPresent();
        compactor.failed(rig.location, new ConnectException("the storage is gone"));
        assertThat(compactor.counters().failed()).isEqualTo(1);
        look();
        assertThat(maintenance).isEmpty();
        pass(INTERVAL);
        look();
        assertThat(maintenance).hasSize(1);
    }

    @Test
    void filesOfATableThatTheTaskGivesUpAreDeleted() {
        pass(INTERVAL);
        look();
        maintenance.remove().run();
        compactor.forget(rig.location);
        assertThat(compactor.hasReady(rig.location)).isFalse();
        assertOnlyLiveFiles();
    }

    @Test
    void aJobThatNobodyWantsAnyMoreLeavesNothing() {
        pass(INTERVAL);
        look();
        compactor.close();
        maintenance.remove().run();
        assertThat(compactor.takeReady(rig.location)).isEmpty();
        assertOnlyLiveFiles();
        look();
        assertThat(maintenance).isEmpty();
    }

    @Test
    void nothingIsCompactedUnlessAskedFor() {
        compactor =
                compactor(new CompactionPolicy(false, INTERVAL, 128L << 20, Duration.ofSeconds(1), Duration.ofDays(7)));
        look();
        pass(INTERVAL.multipliedBy(10));
        look();
        assertThat(maintenance).isEmpty();
    }

    @Test
    void theNextInstallationIsAsLargeAsTheMeasuredPaceAllows() {
        InstallPace pace = new InstallPace(Duration.ofSeconds(1));
        long first = pace.installableRows();
        for (int i = 0; i < 50; i++) {
            pace.measured(1_000_000, Duration.ofMillis(100), Duration.ofSeconds(1));
        }
        assertThat(pace.installableRows()).isBetween(550_000L, 600_001L).isGreaterThan(first);
        for (int i = 0; i < 50; i++) {
            pace.measured(1_000_000, Duration.ofMillis(100), Duration.ofSeconds(10));
        }
        assertThat(pace.installableRows()).isBetween(55_000L, 60_001L);
    }

    private Compactor compactor(CompactionPolicy policy) {
        Clock clock = TestClock.of(() -> now);
        return new Compactor(policy, new InstallPace(policy.maxPause()), rig.tables, maintenance::add, clock);
    }

    private void look() {
        compactor.look(rig.location, rig.table.snapshot(), Set.of(Files.P0));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void assertOnlyLiveFiles() {
        Set<String> live = rig.table.snapshot().files().keySet();
        String[] parquet =
                java.util.Objects.requireNonNull(directory.toFile().list((parent, name) -> name.endsWith(".parquet")));
        assertThat(java.util.Arrays.stream(parquet).collect(Collectors.toSet())).isEqualTo(live);
    }
}
