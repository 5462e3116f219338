package dev.cdcdelta.sink.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a disk of 4 MiB that fills up. Needs the right to mount one. */
class FullDiskTest {
    private static final StoreIdentity IDENTITY = new StoreIdentity("table", "sink", "_all");
    private static final int KEYS = 200_000;

    @TempDir
    Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = isLinux() && run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        assumeTrue(mounted, "no right to mount a tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void whatWasWrittenBeforeTheDiskWasFullIsThereWhenItHasSpaceAgain() throws Exception {
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[1 << 20]);
        Path folder = disk.resolve("store");
        Map<Integer, Entry> model = new HashMap<>();
        HashStore store = HashStore.create(folder, IDENTITY, Disk.REAL);
        batch(0).applyTo(model);
        batch(0).applyTo(store, 0);
        store.finishLoading();
        assertThatThrownBy(() -> fill(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> store.get(StoreBatch.key(1))).hasMessageContaining("failed before");
        store.abandon();
        Files.delete(ballast);

        try (HashStore again = HashStore.open(folder, IDENTITY, Disk.REAL)) {
            assertThat(again.tableVersion()).isPositive();
            for (int number = 1; number <= again.tableVersion(); number++) {
                batch(number).applyTo(model);
            }
            HashStoreTest.assertHolds(again, model, KEYS);
        }
    }

    private static void fill(HashStore store) throws Exception {
        for (int number = 1; number < 1_000; number++) {
            batch(number).applyTo(store, number);
        }
    }

    private static StoreBatch batch(int number) {
        return StoreBatch.random(new Random(number), KEYS, 2_000);
    }

    private static boolean isLinux() {
        return Files.isDirectory(Path.of("/proc/self"));
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
