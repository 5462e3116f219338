package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.disk.DiskFaults;
import dev.cdcdelta.sink.disk.ProcessDied;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.connect.errors.ConnectException;

/** The process that dies. It runs on {@link dev.cdcdelta.sink.disk.FaultyFileSystemProvider}. */
final class CrashProgram {
    private final Path directory;
    private long deaths;

    private CrashProgram(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        long seed = Long.parseLong(args[2]);
        CrashProgram program = new CrashProgram(directory);
        switch (args[0]) {
            case "halt" -> halt(directory, seed, Long.parseLong(args[3]), DiskFaults.Moment.valueOf(args[4]));
            case "points" -> program.points(seed, Integer.parseInt(args[3]));
            case "tenth" -> program.tenth(seed, Integer.parseInt(args[3]));
            case "full" -> program.fullDisks(seed, Integer.parseInt(args[3]));
            case "seeds" -> program.seeds(seed, Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Dies for good. Says how many operations there would have been if it did not come to that. */
    private static void halt(Path directory, long seed, long operation, DiskFaults.Moment moment) {
        DiskFaults.watch(directory);
        DiskFaults.dieIn(operation, moment, DiskFaults.Death.HALT);
        new CrashWorkload(directory, seed).run();
        System.out.println(DiskFaults.operations());
    }

    /** Dies once in a sample of the workload's operations, each time anew: before, halfway or after. */
    private void points(long seed, int count) throws Exception {
        long operations = operations(seed);
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            // One from each of as many stretches of the workload.
            long at = 1 + (operations * i + random.nextInt((int) operations)) / count;
            point(seed, at, DiskFaults.Moment.values()[random.nextInt(3)]);
        }
        System.out.println(operations + " operations; died " + deaths + " times: " + DiskFaults.deaths());
    }

    /**
     * Dies once in each operation of a tenth of the workload, each time anew, after and halfway. The moment before leaves the disk as the
     * one after the operation before, and so does halfway where nothing can be half done.
     */
    private void tenth(long seed, int tenth) throws Exception {
        long operations = operations(seed);
        Set<Long> writes = DiskFaults.writes();
        long first = operations * (tenth - 1) / 10 + 1;
        long last = operations * tenth / 10;
        for (long at = first; at <= last; at++) {
            point(seed, at, DiskFaults.Moment.AFTER);
            if (writes.contains(at)) {
                point(seed, at, DiskFaults.Moment.HALFWAY);
            }
        }
        System.out.println("operations " + first + " to " + last + " of " + operations + "; died " + deaths + " times: "
                + DiskFaults.deaths());
    }

    /** How many there are in the workload if nothing dies. */
    private long operations(long seed) throws IOException, SQLException {
        DiskFaults.watch(directory);
        CrashWorkload whole = new CrashWorkload(directory.resolve("whole"), seed);
        whole.run();
        long operations = DiskFaults.operations();
        whole.check();
        return operations;
    }

    private void point(long seed, long operation, DiskFaults.Moment moment) throws Exception {
        Path own = directory.resolve("point");
        try {
            dieOnce(own, seed, operation, moment);
            DiskFaults.watch(own);
            finish(own, seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", death " + moment + " operation " + operation, e);
        }
    }

    /** Fills the disk of the index in the midst of workloads; with space again, a next task finishes them. */
    private void fullDisks(long first, int count) throws Exception {
        int stopped = 0;
        for (long seed = first; seed < first + count; seed++) {
            Random random = new Random(seed);
            Path own = directory.resolve("seed" + seed);
            DiskFaults.watch(own);
            DiskFaults.fillFrom(1 + random.nextInt(300), own.resolve("_state"));
            try {
                new CrashWorkload(own, seed).run();
            } catch (ConnectException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("'state.dir'");
                stopped++;
            }
            DiskFaults.watch(own);
            finish(own, seed);
        }
        assertThat(stopped).isGreaterThan(count / 2);
        System.out.println(count + " workloads; " + stopped + " stopped by a full disk");
    }

    /** Random workloads, each of which dies again and again. */
    private void seeds(long first, int count) throws Exception {
        for (long seed = first; seed < first + count; seed++) {
            Random random = new Random(seed);
            Path own = directory.resolve("seed" + seed);
            try {
                boolean died = true;
                for (int life = 0; died && life < 6; life++) {
                    DiskFaults.Moment moment = DiskFaults.Moment.values()[random.nextInt(3)];
                    died = dieOnce(own, seed, 1 + random.nextInt(400), moment);
                }
                DiskFaults.watch(own);
                finish(own, seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        System.out.println(count + " workloads; died " + deaths + " times: " + DiskFaults.deaths());
    }

    /** @return false if the workload was done before */
    private boolean dieOnce(Path own, long seed, long operation, DiskFaults.Moment moment) {
        DiskFaults.watch(own);
        DiskFaults.dieIn(operation, moment, DiskFaults.Death.SIMULATED);
        try {
            new CrashWorkload(own, seed).run();
        } catch (RuntimeException | ProcessDied e) {
            // Layers above may have their own words for it.
            if (!DiskFaults.isDead()) {
                throw e;
            }
        }
        deaths += DiskFaults.isDead() ? 1 : 0;
        return DiskFaults.isDead();
    }

    private static void finish(Path own, long seed) throws IOException, SQLException {
        CrashWorkload successor = new CrashWorkload(own, seed);
        successor.run();
        successor.check();
        FileUtils.deleteDirectory(own.toFile());
    }
}
