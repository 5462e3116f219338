package dev.cdcdelta.sink.table.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many threads that want one name. */
final class Race {
    private static final int THREADS = 32;

    private Race() {}

    static void expectOneWinnerPerRound(WarehouseFiles files, String prefix, int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < rounds; round++) {
                String path = prefix + round + ".json";
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int writer = 0; writer < THREADS; writer++) {
                    byte[] text = ("writer " + writer).getBytes(StandardCharsets.UTF_8);
                    writers.add(() -> {
                        start.await();
                        return wins(files, path, text);
                    });
                }
                int winners = 0;
                int winner = -1;
                List<Future<Boolean>> outcomes = threads.invokeAll(writers);
                for (int writer = 0; writer < THREADS; writer++) {
                    if (outcomes.get(writer).get()) {
                        winners++;
                        winner = writer;
                    }
                }
                assertThat(winners).as("winners of round %s", round).isEqualTo(1);
                assertThat(read(files, path)).isEqualTo("writer " + winner);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean wins(WarehouseFiles files, String path, byte[] text) throws IOException {
        try {
            files.putIfAbsent(path, text);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    static String read(WarehouseFiles files, String path) throws IOException {
        try (InputStream in = files.newInputFile(path, -1).newStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
