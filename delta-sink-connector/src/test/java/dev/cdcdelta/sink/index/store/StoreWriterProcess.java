package dev.cdcdelta.sink.index.store;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes batches to a store until it is killed; says after each how many there are. */
final class StoreWriterProcess {
    static final int KEYS = 20_000;
    static final int BATCH = 2_000;

    private StoreWriterProcess() {}

    static StoreBatch batch(long seed, long number) {
        return StoreBatch.random(new Random(seed * 1_000 + number), KEYS, BATCH);
    }

    public static void main(String[] args) throws Exception {
        long seed = Long.parseLong(args[1]);
        ExecutorService behind = Executors.newSingleThreadExecutor();
        HashStore store = HashStore.open(Path.of(args[0]), StoreKillTest.IDENTITY, Disk.behind(behind));
        for (long number = store.tableVersion() + 1; ; number++) {
            batch(seed, number).applyTo(store, number);
            System.out.println(number);
        }
    }
}
