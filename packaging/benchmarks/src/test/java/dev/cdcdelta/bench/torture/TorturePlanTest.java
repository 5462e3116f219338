package dev.cdcdelta.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.bench.workload.Workload;
import org.junit.jupiter.api.Test;

class TorturePlanTest {
    @Test
    void sameSeedPlansTheSameKills() {
        assertThat(plan(3)).isEqualTo(plan(3));
        assertThat(plan(3).kills()).isNotEqualTo(plan(4).kills());
    }

    @Test
    void killsHitEveryWorkerWithinTheirSlices() {
        TorturePlan plan = plan(3);

        assertThat(plan.kills())
                .hasSize(20)
                .allSatisfy(kill -> assertThat(kill.delayMillis()).isBetween(0, TorturePlan.WINDOW_MILLIS - 1));
        assertThat(plan.kills()).extracting(TorturePlan.Kill::worker).contains(1, 2);
        assertThat(plan.slice() * 21)
                .isBetween(plan.workload().events() - 21, plan.workload().events());
    }

    private static TorturePlan plan(long seed) {
        return TorturePlan.of(Workload.of(seed, 10_000, new Workload.Namespace("p", "d", "c")), 4, 2, 2, 20);
    }
}
