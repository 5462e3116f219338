package dev.cdcdelta.bench.keys;

import com.sun.management.OperatingSystemMXBean;
import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.index.store.Entry;
import dev.cdcdelta.sink.index.store.FileChanges;
import dev.cdcdelta.sink.index.store.HashStore;
import dev.cdcdelta.sink.index.store.KeyHash;
import dev.cdcdelta.sink.index.store.StoreIdentity;
import dev.cdcdelta.sink.index.store.StoredFile;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A store of the key index, filled with keys and changed as flushes change it: each key of a batch is looked up and its entry replaced. */
final class KeyLoad implements AutoCloseable {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final StoreIdentity IDENTITY = new StoreIdentity("bench", "bench", "everything");
    private static final long TIME = 1_700_000_000_000L;

    private final Path folder;
    private final SyntheticKeys keys;
    private final SplittableRandom random;
    private HashStore store;
    private int file;

    /** @param folder of the store */
    KeyLoad(Path folder, SyntheticKeys keys) {
        this.folder = folder;
        this.keys = keys;
        this.random = new SplittableRandom(keys.seed());
        this.store = run(() -> HashStore.create(folder, IDENTITY, Disk.REAL));
    }

    /**
     * What a batch took.
     *
     * @param busySeconds of processors
     */
    record Cost(double seconds, double busySeconds) {}

    private interface Work<T> {
        T run() throws IOException, DamagedStoreException;
    }

    Cost load() {
        return timed(() -> {
            for (int part = 0; part < keys.parts(); part++) {
                List<KeyHash> batch = new ArrayList<>(Math.toIntExact(keys.perPart()));
                for (long i = 0; i < keys.perPart(); i++) {
                    batch.add(keys.at(part * keys.perPart() + i));
                }
                put(batch);
            }
            store.finishLoading();
            return store.entries();
        });
    }

    /** Looks up keys at random and replaces what is stored of them. */
    Cost update(int count) {
        List<KeyHash> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(keys.at(random.nextLong(keys.count())));
        }
        return timed(() -> {
            for (KeyHash key : batch) {
                if (store.get(key) == null) {
                    throw new StackException("The index has lost the key " + key + ".");
                }
            }
            put(batch);
            return store.entries();
        });
    }

    /** Closes the store and opens it, as a task does that is restarted. */
    Cost reopen() {
        run(() -> {
            store.close();
            return true;
        });
        return timed(() -> {
            store = HashStore.open(folder, IDENTITY, Disk.REAL);
            return store.entries();
        });
    }

    long entries() {
        return store.entries();
    }

    @Override
    public void close() {
        run(() -> {
            store.close();
            return true;
        });
    }

    private void put(List<KeyHash> batch) throws IOException, DamagedStoreException {
        int number = ++file;
        StoredFile stored = new StoredFile(number, "file-" + number, "", batch.size(), 0, false, 0);
        store.update(
                batch,
                (index, before) -> new Entry(number, index, TIME + number, 1),
                entry -> false,
                () -> new FileChanges(number, number + 1, List.of(stored), Set.of()));
    }

    private Cost timed(Work<?> work) {
        long busy = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        run(work);
        return new Cost((System.nanoTime() - begin) / 1e9, (SYSTEM.getProcessCpuTime() - busy) / 1e9);
    }

    private <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (IOException | DamagedStoreException e) {
            throw new StackException(
                    "The key index in " + folder + " fails: " + e
                            + ". See whether its disk is full (--dir names another).",
                    e);
        }
    }
}
