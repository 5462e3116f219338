package dev.cdcdelta.sink.index.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashStoreTest {
    private static final StoreIdentity IDENTITY = new StoreIdentity("table", "sink", "topic/0");
    private static final StoreIdentity OTHER = new StoreIdentity("other table", "sink", "topic/0");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itHoldsWhatAMapWouldOverBatchesAndRestarts(long seed) throws Exception {
        Random random = new Random(seed);
        Map<Integer, Entry> model = new HashMap<>();
        HashStore store = loaded(model, 3_000);
        for (int round = 0; round < 40; round++) {
            StoreBatch batch = StoreBatch.random(random, 6_000, 400);
            batch.applyTo(model);
            batch.applyTo(store, round);
            if (random.nextInt(4) == 0) {
                store.close();
                store = HashStore.open(folder, IDENTITY, Disk.REAL);
                assertThat(store.tableVersion()).isEqualTo(round);
            }
        }
        assertHolds(store, model, 6_000);
        store.close();
    }

    /** Most of its pages are read through mapped memory, and written through the file. */
    @Test
    void aStoreOfManyPagesHoldsWhatAMapWould() throws Exception {
        Random random = new Random(4);
        Map<Integer, Entry> model = new HashMap<>();
        HashStore store = loaded(model, 160_000);
        assertThat(Files.size(folder.resolve("pages"))).isGreaterThan(8_000_000);
        for (int round = 0; round < 4; round++) {
            StoreBatch batch = StoreBatch.random(random, 170_000, 20_000);
            batch.applyTo(model);
            batch.applyTo(store, round);
            assertHolds(store, model, 170_000);
        }
        store.abandon();
        store = HashStore.open(folder, IDENTITY, Disk.REAL);
        assertHolds(store, model, 170_000);
        store.close();
    }

    @Test
    void aStoreOfAnotherFormatIsRefused() throws Exception {
        loaded(new HashMap<>(), 10).close();
        Path log = folder.resolve("log");
        Files.write(log, StoreLogForms.withFormat(1));
        assertThatThrownBy(() -> HashStore.open(folder, IDENTITY, Disk.REAL))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("it has the format 1 instead of 2");
    }

    /** Every write of a batch is cut off in turn, in its middle: what opens afterwards is all of the batch or nothing of it. */
    @Test
    void aBatchThatIsCutOffAtAnyWriteIsThereAsAWholeOrNotAtAll() throws Exception {
        Path start = folder.resolve("start");
        Map<Integer, Entry> before = new HashMap<>();
        try (HashStore store = loadedIn(start, before, 2_000)) {
            assertThat(store.entries()).isEqualTo(2_000);
        }
        StoreBatch batch = StoreBatch.random(new Random(7), 4_000, 300);
        Map<Integer, Entry> after = new HashMap<>(before);
        batch.applyTo(after);
        boolean over = false;
        int seenBefore = 0;
        int seenAfter = 0;
        for (int writes = 0; !over; writes += 1 + writes / 20) {
            Path copy = folder.resolve("cut" + writes);
            copy(start, copy);
            HashStore cut = HashStore.open(copy, IDENTITY, new CutOff(writes));
            try {
                batch.applyTo(cut, 5);
                over = true;
            } catch (IOException expected) {
                assertThatThrownBy(() -> cut.get(batch.keys().get(0))).isInstanceOf(IOException.class);
            }
            cut.abandon();
            try (HashStore store = HashStore.open(copy, IDENTITY, Disk.REAL)) {
                boolean applied = store.tableVersion() == 5;
                seenBefore += applied ? 0 : 1;
                seenAfter += applied ? 1 : 0;
                assertHolds(store, applied ? after : before, 4_000);
            }
        }
        assertThat(seenBefore).isPositive();
        assertThat(seenAfter).isGreaterThan(1);
    }

    /** What comes to be read while another thread is at the pages: all of the last batch, wherever that thread is. */
    @Test
    void aBatchIsReadWholeWhereverItsCarryingOutIs() throws Exception {
        Random random = new Random(9);
        Map<Integer, Entry> model = new HashMap<>();
        loaded(model, 150_000).close();
        SteppedDisk disk = new SteppedDisk();
        HashStore store = HashStore.open(folder, IDENTITY, disk);
        for (int round = 0; round < 3; round++) {
            StoreBatch batch = StoreBatch.random(random, 160_000, 900);
            batch.applyTo(model);
            batch.applyTo(store, round);
            assertHolds(store, model, 160_000);
            for (int stop = 0; stop < 5; stop++) {
                disk.advance(70);
                assertHolds(store, model, 160_000);
            }
            disk.finish();
            assertHolds(store, model, 160_000);
        }
        store.close();
        HashStore again = HashStore.open(folder, IDENTITY, Disk.REAL);
        assertHolds(again, model, 160_000);
        again.close();
    }

    /** Readers and the thread at the pages do not wait for each other. */
    @Test
    void aBatchIsReadWholeWhileAnotherThreadCarriesItOut() throws Exception {
        Random random = new Random(10);
        Map<Integer, Entry> model = new HashMap<>();
        loaded(model, 20_000).close();
        ExecutorService behind = Executors.newSingleThreadExecutor();
        try (HashStore store = HashStore.open(folder, IDENTITY, Disk.behind(behind))) {
            for (int round = 0; round < 30; round++) {
                StoreBatch batch = StoreBatch.random(random, 30_000, 3_000);
                batch.applyTo(model);
                batch.applyTo(store, round);
                assertHolds(store, model, 30_000);
            }
        } finally {
            behind.shutdown();
        }
    }

    @Test
    void whatCouldNotBeCarriedOutFailsTheNextBatchAndIsThereOnceThereIsSpace() throws Exception {
        Map<Integer, Entry> model = new HashMap<>();
        loaded(model, 2_000).close();
        SteppedDisk disk = new SteppedDisk();
        HashStore store = HashStore.open(folder, IDENTITY, disk);
        StoreBatch batch = StoreBatch.random(new Random(11), 2_500, 300);
        batch.applyTo(model);
        batch.applyTo(store, 7);
        disk.advance(3);
        disk.fill();
        assertHolds(store, model, 2_500);
        assertThatThrownBy(() -> StoreBatch.random(new Random(12), 2_500, 10).applyTo(store, 8))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThatThrownBy(() -> store.get(StoreBatch.key(1))).hasMessageContaining("failed before");
        store.close();

        HashStore again = HashStore.open(folder, IDENTITY, Disk.REAL);
        assertThat(again.tableVersion()).isEqualTo(7);
        assertHolds(again, model, 2_500);
        again.close();
    }

    @Test
    void theEndTellsWhatCouldNotBeCarriedOut() throws Exception {
        loaded(new HashMap<>(), 2_000).close();
        SteppedDisk disk = new SteppedDisk();
        HashStore store = HashStore.open(folder, IDENTITY, disk);
        StoreBatch.random(new Random(13), 2_500, 300).applyTo(store, 7);
        disk.fill();
        assertThatThrownBy(store::close).isInstanceOf(IOException.class).hasMessage("No space left on device");
        assertThat(folder.resolve("session")).exists();
    }

    @Test
    void aStoreThatWasStillLoadingDoesNotOpen() throws Exception {
        HashStore store = HashStore.create(folder, IDENTITY, Disk.REAL);
        StoreBatch.random(new Random(1), 100, 100).applyTo(store, 1);
        store.close();
        assertThat(HashStore.isIn(folder)).isFalse();
    }

    @Test
    void anotherTablesStoreIsRefused() throws Exception {
        loaded(new HashMap<>(), 10).close();
        assertThatThrownBy(() -> HashStore.open(folder, OTHER, Disk.REAL))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("instead of StoreIdentity[table=other table");
    }

    @Test
    void aStoreThatWasOpenWhenTheMachineWentDownIsRefused() throws Exception {
        loaded(new HashMap<>(), 10).close();
        Files.writeString(folder.resolve("session"), "another boot");
        assertThatThrownBy(() -> HashStore.open(folder, IDENTITY, Disk.REAL))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("machine went down");
    }

    @Test
    void everyFlippedBitOfAPageIsNoticed() throws Exception {
        loaded(new HashMap<>(), 60).close();
        byte[] whole = Files.readAllBytes(folder.resolve("pages"));
        for (int at = 0; at < whole.length; at += 7) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            Files.write(folder.resolve("pages"), flipped);
            HashStore store = HashStore.open(folder, IDENTITY, Disk.REAL);
            assertThatThrownBy(() -> store.get(StoreBatch.key(1))).isInstanceOf(DamagedStoreException.class);
            store.abandon();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pages", "directory", "log"})
    void everyCutIsNoticed(String file) throws Exception {
        loaded(new HashMap<>(), 2_000).close();
        try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        Files.deleteIfExists(folder.resolve("journal"));
        assertThatThrownBy(() -> {
                    try (HashStore store = HashStore.open(folder, IDENTITY, Disk.REAL)) {
                        for (int i = 0; i < 2_000; i++) {
                            store.get(StoreBatch.key(i));
                        }
                    }
                })
                .isInstanceOf(DamagedStoreException.class);
    }

    private HashStore loaded(Map<Integer, Entry> model, int count) throws Exception {
        return loadedIn(folder, model, count);
    }

    private static HashStore loadedIn(Path folder, Map<Integer, Entry> model, int count) throws Exception {
        HashStore store = HashStore.create(folder, IDENTITY, Disk.REAL);
        List<KeyHash> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(StoreBatch.key(i));
            model.put(i, new Entry(1, i, i, 0));
        }
        store.update(
                keys,
                (index, before) -> new Entry(1, index, index, 0),
                entry -> false,
                () -> new FileChanges(0, 2, List.of(), Set.of()));
        store.finishLoading();
        return store;
    }

    static void assertHolds(HashStore store, Map<Integer, Entry> model, int limit) throws Exception {
        for (int i = 0; i < limit; i++) {
            Entry found = store.get(StoreBatch.key(i));
            if (!Objects.equals(found, model.get(i))) {
                assertThat(found).as("key %d", i).isEqualTo(model.get(i));
            }
        }
        assertThat(store.entries()).isEqualTo(model.size());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("pages", "directory", "log", "journal")) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    /** A disk that is full after so many writes, the last of them half done. */
    static final class CutOff implements Disk {
        private int left;

        CutOff(int writes) {
            left = writes;
        }

        @Override
        public void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
            if (left-- <= 0) {
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                REAL.write(file, bytes, offset);
                throw new IOException("No space left on device");
            }
            REAL.write(file, bytes, offset);
        }
    }
}
