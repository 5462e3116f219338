package dev.cdcdelta.admin.storage;

import dev.cdcdelta.admin.failure.UrlPasswords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/** Tries a storage out with small files of its own, which it takes away again, and measures how long each request takes. */
public final class StorageTrial {
    private static final int SMALL = 1024;
    private static final int MEGABYTE = 1 << 20;

    /** More than the five megabytes of a part. */
    private static final int LARGE_MEGABYTES = 6;

    private final String warehouse;
    private final Map<String, String> options;
    private final int rounds;
    private final List<Step> steps = new ArrayList<>();

    /**
     * One thing that was tried.
     *
     * @param problem empty if it went well
     * @param milliseconds each round took, sorted; empty if none went well
     */
    public record Step(String name, String problem, List<Double> milliseconds) {
        public boolean isOk() {
            return problem.isEmpty();
        }

        public double median() {
            return milliseconds.get(milliseconds.size() / 2);
        }

        public double slowest() {
            return milliseconds.get(milliseconds.size() - 1);
        }
    }

    /** @param rounds how often each small request is made */
    public StorageTrial(String warehouse, Map<String, String> options, int rounds) {
        this.warehouse = warehouse;
        this.options = Map.copyOf(options);
        this.rounds = rounds;
    }

    @FunctionalInterface
    private interface Request {
        void send() throws IOException;
    }

    /**
     * Tries everything; what depends on something that failed fails too.
     *
     * @param conditionalPut throws with problem, cause and remedy if a file can be created twice
     */
    public List<Step> run(Consumer<String> conditionalPut) {
        String name = "_cdcdelta_check_" + UUID.randomUUID();
        attempt("conditional put, credentials", 1, () -> conditionalPut.accept(warehouse));
        try (StoreOperations store = new StoreOperations(warehouse, options)) {
            byte[] small = new byte[SMALL];
            attempt("put of 1 KB", rounds, () -> store.put(name, small, 1));
            attempt("get of 1 KB", rounds, () -> require(SMALL, store.get(name)));
            attempt("list", rounds, store::list);
            attempt("delete", 1, () -> store.delete(name));
            attempt("multipart put of 6 MB", 1, () -> store.put(name, new byte[MEGABYTE], LARGE_MEGABYTES));
            attempt("get of 6 MB", 1, () -> require((long) LARGE_MEGABYTES * MEGABYTE, store.get(name)));
            attempt("delete of 6 MB", 1, () -> store.delete(name));
        } catch (IOException e) {
            steps.add(new Step("connection", text(e), List.of()));
        }
        return List.copyOf(steps);
    }

    private static void require(long expected, long read) throws IOException {
        if (read != expected) {
            throw new IOException("read " + read + " bytes of " + expected);
        }
    }

    private void attempt(String name, int times, Request request) {
        double[] taken = new double[times];
        try {
            for (int i = 0; i < times; i++) {
                long before = System.nanoTime();
                request.send();
                taken[i] = (System.nanoTime() - before) / 1e6;
            }
            Arrays.sort(taken);
            steps.add(new Step(name, "", Arrays.stream(taken).boxed().toList()));
        } catch (IOException | KafkaException e) {
            steps.add(new Step(name, text(e), List.of()));
        }
    }

    private static String text(Exception e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return UrlPasswords.hide(e.getClass().getSimpleName() + ": " + message);
    }
}
