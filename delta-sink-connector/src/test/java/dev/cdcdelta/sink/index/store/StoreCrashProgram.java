package dev.cdcdelta.sink.index.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.disk.DiskFaults;
import dev.cdcdelta.sink.disk.ProcessDied;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.io.FileUtils;

/** Opens a store, writes a batch to it and closes it, and dies in that, at each operation in turn; then the store must open. */
final class StoreCrashProgram {
    private static final int KEYS = 400;

    private StoreCrashProgram() {}

    public static void main(String[] args) throws Exception {
        Path start = Path.of(args[0], "start");
        Map<Integer, Entry> before = new HashMap<>();
        StoreBatch first = StoreBatch.random(new Random(1), KEYS, 200);
        first.applyTo(before);
        HashStore store = HashStore.create(start, StoreKillTest.IDENTITY, Disk.REAL);
        first.applyTo(store, 1);
        store.finishLoading();
        store.close();
        StoreBatch second = StoreBatch.random(new Random(2), KEYS, 40);
        Map<Integer, Entry> after = new HashMap<>(before);
        second.applyTo(after);
        int deaths = 0;
        boolean died = true;
        for (int operation = 1; died; operation++) {
            died = false;
            for (DiskFaults.Moment moment : DiskFaults.Moment.values()) {
                Path copy = Path.of(args[0], "copy");
                FileUtils.copyDirectory(start.toFile(), copy.toFile());
                if (dies(copy, second, operation, moment)) {
                    died = true;
                    deaths++;
                }
                DiskFaults.watch(copy);
                try (HashStore left = HashStore.open(copy, StoreKillTest.IDENTITY, Disk.REAL)) {
                    HashStoreTest.assertHolds(left, left.tableVersion() == 2 ? after : before, KEYS);
                } catch (DamagedStoreException e) {
                    throw new AssertionError("death " + moment + " operation " + operation, e);
                }
                FileUtils.deleteDirectory(copy.toFile());
            }
        }
        assertThat(deaths).isGreaterThan(20);
    }

    private static boolean dies(Path folder, StoreBatch batch, int operation, DiskFaults.Moment moment)
            throws Exception {
        DiskFaults.watch(folder);
        DiskFaults.dieIn(operation, moment, DiskFaults.Death.SIMULATED);
        try (HashStore store = HashStore.open(folder, StoreKillTest.IDENTITY, Disk.REAL)) {
            batch.applyTo(store, 2);
        } catch (ProcessDied e) {
            return true;
        }
        return false;
    }
}
