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
