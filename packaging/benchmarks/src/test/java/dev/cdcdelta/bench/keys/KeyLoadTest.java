package dev.cdcdelta.bench.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.index.store.KeyHash;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLoadTest {
    @TempDir
    Path directory;

    @Test
    void everyKeyOfEveryPartIsOneOfItsOwn() {
        SyntheticKeys keys = new SyntheticKeys(8, 1_000, 3);
        Set<KeyHash> seen = new HashSet<>();
        Set<Long> parts = new HashSet<>();
        for (long number = 0; number < keys.count(); number++) {
            seen.add(keys.at(number));
            parts.add(keys.at(number).low() & 7);
            assertThat(keys.at(number).low() & 7).isEqualTo(number / 1_000);
        }

        assertThat(seen).hasSize(8_000);
        assertThat(parts).hasSize(8);
        assertThat(SyntheticKeys.of(100_000_000, 1).count()).isBetween(99_000_000L, 100_000_000L);
    }

    @Test
    void updatesFindAllKeysAlsoInAStoreThatWasOpenedAgain() {
        try (KeyLoad load = new KeyLoad(directory, new SyntheticKeys(4, 5_000, 1))) {
            load.load();
            assertThat(load.entries()).isEqualTo(20_000);
            load.update(3_000);
            load.reopen();
            load.update(3_000);
            assertThat(load.entries()).isEqualTo(20_000);
        }
    }

    @Test
    void smallRunMeasuresEverything() {
        Keys.Figures figures = new Keys(new KeySizes(1_000, 20_000, 500, 2, 1), line -> {}).run(directory);

        assertThat(figures.keysLarge()).isEqualTo(20_000);
        assertThat(figures.speedRatio()).isPositive().isFinite();
        assertThat(figures.memory().peak())
                .isGreaterThanOrEqualTo(figures.memory().anonymous());
    }
}
