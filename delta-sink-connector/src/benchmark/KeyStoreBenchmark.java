import com.sun.management.OperatingSystemMXBean;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.index.store.Entry;
import dev.cdcdelta.sink.index.store.FileChanges;
import dev.cdcdelta.sink.index.store.HashStore;
import dev.cdcdelta.sink.index.store.KeyHash;
import dev.cdcdelta.sink.index.store.StoreIdentity;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Measures stores for the key index: load, then batches of 50,000 random lookups and of 50,000 random updates. Not part of the build,
 * which knows neither RocksDB nor MVStore. From delta-sink-connector, after {@code mvn test-compile}:
 *
 * <pre>
 * mvn dependency:copy -Dartifact=org.rocksdb:rocksdbjni:9.7.3:jar:linux64 -DoutputDirectory=target/benchmark
 * mvn dependency:copy -Dartifact=com.h2database:h2-mvstore:2.3.232 -DoutputDirectory=target/benchmark
 * mvn dependency:copy -Dartifact=com.dynatrace.hash4j:hash4j:0.25.0 -DoutputDirectory=target/benchmark
 * java -Xmx1g -cp "target/classes:target/benchmark/*" src/benchmark/KeyStoreBenchmark.java own 10000000
 * </pre>
 *
 * The second argument counts keys, the first is own, rocksdb or mvstore.
 */
public class KeyStoreBenchmark {
    static final int BATCH = 50_000;
    static final int ROUNDS = 10;

    /** Of the whole process, as stores have threads of their own; it tells more than the clock on a machine that others use. */
    static final OperatingSystemMXBean CPU = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    interface Store extends AutoCloseable {
        void load(long keys) throws Exception;

        int find(List<KeyHash> keys) throws Exception;

        /** Each key's entry is read, and another takes its place. */
        void update(List<KeyHash> keys, int file) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        long keys = Long.parseLong(args[1]);
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("folder", "/var/tmp")), "key-store");
        try {
            long start = System.nanoTime();
            Store store = open(args[0], folder);
            store.load(keys);
            double load = seconds(start);
            Random random = new Random(1);
            List<Double> finds = new ArrayList<>();
            List<Double> updates = new ArrayList<>();
            List<Double> findCpu = new ArrayList<>();
            List<Double> updateCpu = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<KeyHash> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(key((long) (random.nextDouble() * keys)));
                }
                start = System.nanoTime();
                long busy = CPU.getProcessCpuTime();
                int found = store.find(batch);
                finds.add(seconds(start));
                findCpu.add((CPU.getProcessCpuTime() - busy) / 1e9);
                if (found != BATCH) {
                    throw new IllegalStateException("found " + found);
                }
                start = System.nanoTime();
                busy = CPU.getProcessCpuTime();
                store.update(batch, 2 + round);
                updates.add(seconds(start));
                updateCpu.add((CPU.getProcessCpuTime() - busy) / 1e9);
            }
            start = System.nanoTime();
            store.close();
            double close = seconds(start);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long disk = 0;
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    disk += Files.size(file);
                }
            }
            Collections.sort(finds);
            Collections.sort(updates);
            Collections.sort(findCpu);
            Collections.sort(updateCpu);
            System.out.printf(
                    "{\"store\":\"%s\",\"keys\":%d,\"loadSeconds\":%.1f,\"findMillis\":%.0f,\"findMillisWorst\":%.0f,"
                            + "\"updateMillis\":%.0f,\"updateMillisWorst\":%.0f,\"findCpuMillis\":%.0f,\"updateCpuMillis\":%.0f,\"closeSeconds\":%.1f,\"diskMegabytes\":%d,\"heapMegabytes\":%d}%n",
                    args[0],
                    keys,
                    load,
                    1000 * finds.get(ROUNDS / 2),
                    1000 * finds.get(ROUNDS - 1),
                    1000 * updates.get(ROUNDS / 2),
                    1000 * updates.get(ROUNDS - 1),
                    1000 * findCpu.get(ROUNDS / 2),
                    1000 * updateCpu.get(ROUNDS / 2),
                    close,
                    disk >> 20,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static Store open(String name, Path folder) throws Exception {
        return switch (name) {
            case "own" -> new Own(folder);
            case "rocksdb" -> new Rocks(folder);
            case "mvstore" -> new Mv(folder);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    static KeyHash key(long number) {
        return KeyHash.of("{\"$oid\":\"" + Long.toHexString(0x6000_0000_0000L + number) + "\"}");
    }

    static byte[] bytes(KeyHash key) {
        return ByteBuffer.allocate(16).putLong(key.high()).putLong(key.low()).array();
    }

    static byte[] value(int file, long position) {
        return ByteBuffer.allocate(20).putInt(file).putInt((int) position).putLong(1_700_000_000_000L + position).putInt(1).array();
    }

    record Own(Path folder, HashStore[] store) implements Store {
        Own(Path folder) throws Exception {
            this(folder, new HashStore[] {
                HashStore.create(folder, new StoreIdentity("table", "connector", "all"), Disk.REAL)
            });
        }

        public void load(long keys) throws Exception {
            List<KeyHash> batch = new ArrayList<>();
            for (long i = 0; i < keys; i++) {
                batch.add(key(i));
                if (batch.size() == 1 << 18 || i == keys - 1) {
                    put(batch, 1);
                    batch.clear();
                }
            }
            store[0].finishLoading();
        }

        public int find(List<KeyHash> keys) throws Exception {
            int found = 0;
            for (KeyHash key : keys) {
                found += store[0].get(key) == null ? 0 : 1;
            }
            return found;
        }

        public void update(List<KeyHash> keys, int file) throws Exception {
            put(keys, file);
        }

        private void put(List<KeyHash> keys, int file) throws Exception {
            store[0].update(
                    keys,
                    (index, before) -> new Entry(file, index, 1_700_000_000_000L + index, 1),
                    entry -> false,
                    () -> new FileChanges(1, file + 1, List.of(), Set.of()));
        }

        public void close() throws Exception {
            store[0].close();
        }
    }

    static final class Rocks implements Store {
        private final RocksDB store;

        /** Held, as RocksDB uses it as long as it is open. */
        private final Options options;

        Rocks(Path folder) throws Exception {
            RocksDB.loadLibrary();
            options = new Options()
                    .setCreateIfMissing(true)
                    .setWriteBufferSize(64L << 20)
                    .setMaxBackgroundJobs(2)
                    .setTableFormatConfig(new BlockBasedTableConfig()
                            .setBlockCache(new LRUCache(256L << 20))
                            .setCacheIndexAndFilterBlocks(true)
                            .setFilterPolicy(new BloomFilter(10)));
            store = RocksDB.open(options, folder.toString());
        }

        public void load(long keys) throws Exception {
            try (WriteOptions options = new WriteOptions().setDisableWAL(true)) {
                for (long i = 0; i < keys; ) {
                    try (WriteBatch batch = new WriteBatch()) {
                        for (int j = 0; j < 10_000 && i < keys; j++, i++) {
                            batch.put(bytes(key(i)), value(1, i));
                        }
                        store.write(options, batch);
                    }
                }
            }
        }

        public int find(List<KeyHash> keys) throws Exception {
            List<byte[]> wanted = keys.stream().map(KeyStoreBenchmark::bytes).toList();
            int found = 0;
            for (byte[] value : store.multiGetAsList(wanted)) {
                found += value == null ? 0 : 1;
            }
            return found;
        }

        public void update(List<KeyHash> keys, int file) throws Exception {
            find(keys);
            try (WriteOptions options = new WriteOptions();
                    WriteBatch batch = new WriteBatch()) {
                for (int i = 0; i < keys.size(); i++) {
                    batch.put(bytes(keys.get(i)), value(file, i));
                }
                store.write(options, batch);
            }
        }

        public void close() {
            store.close();
        }
    }

    static final class Mv implements Store {
        private final MVStore store;
        private final MVMap<byte[], byte[]> map;

        Mv(Path folder) {
            store = new MVStore.Builder()
                    .fileName(folder.resolve("mv").toString())
                    .cacheSize(256)
                    .autoCommitDisabled()
                    .open();
            map = store.openMap("keys");
        }

        public void load(long keys) {
            for (long i = 0; i < keys; i++) {
                map.put(bytes(key(i)), value(1, i));
                if (i % 500_000 == 499_999) {
                    store.commit();
                }
            }
            store.commit();
        }

        public int find(List<KeyHash> keys) {
            int found = 0;
            for (KeyHash key : keys) {
                found += map.get(bytes(key)) == null ? 0 : 1;
            }
            return found;
        }

        public void update(List<KeyHash> keys, int file) {
            for (int i = 0; i < keys.size(); i++) {
                map.put(bytes(keys.get(i)), value(file, i));
            }
            store.commit();
        }

        public void close() {
            store.close();
        }
    }
}
