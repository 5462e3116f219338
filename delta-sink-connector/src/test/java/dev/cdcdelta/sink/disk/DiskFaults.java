package dev.cdcdelta.sink.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the default file system of this process does to those who use it. Only changes below the watched directory count as operations.
 * There is one for the process, as there is one default file system.
 */
public final class DiskFaults {
    /** The exit code of a process that died as it was told to. */
    public static final int HALTED = 137;

    /** When in an operation the process dies; of those that cannot be half done, halfway is after. */
    public enum Moment {
        BEFORE,
        HALFWAY,
        AFTER
    }

    /** How the process dies: for good, or so that it can tell of it. */
    public enum Death {
        HALT,
        SIMULATED
    }

    /** One change of the disk. */
    @FunctionalInterface
    interface Change<T> {
        T run() throws IOException;
    }

    private static final Set<FileChannel> OPEN = Collections.synchronizedSet(new HashSet<>());
    private static final Map<String, Integer> DEATHS = new TreeMap<>();
    private static final Set<Long> WRITES = new HashSet<>();
    private static @Nullable String watched;
    private static @Nullable String full;
    private static long fullFrom;
    private static long operations;
    private static long fatal = Long.MAX_VALUE;
    private static Moment moment = Moment.BEFORE;
    private static Death death = Death.SIMULATED;
    private static boolean dead;

    private DiskFaults() {}

    /** Counts anew, below this directory; nothing goes wrong until told. */
    public static synchronized void watch(Path directory) {
        watched = directory.toString();
        full = null;
        operations = 0;
        WRITES.clear();
        fatal = Long.MAX_VALUE;
        dead = false;
    }

    /** Kills the process in the operation of that number, the first being 1. */
    public static synchronized void dieIn(long operation, Moment when, Death how) {
        fatal = operation;
        moment = when;
        death = how;
    }

    /** From the operation of that number on, nothing can be written below the directory. */
    public static synchronized void fillFrom(long operation, Path directory) {
        full = directory.toString();
        fullFrom = operation;
    }

    public static synchronized long operations() {
        return operations;
    }

    /** The numbers of the operations since the watch began that can be half done. */
    public static synchronized Set<Long> writes() {
        return Set.copyOf(WRITES);
    }

    public static synchronized boolean isDead() {
        return dead;
    }

    /** How often the process died in operations of each kind. */
    public static synchronized Map<String, Integer> deaths() {
        return new TreeMap<>(DEATHS);
    }

    static synchronized <T> T change(String kind, Path path, Change<T> change) throws IOException {
        if (!counts(path)) {
            return change.run();
        }
        boolean isFatal = ++operations == fatal;
        if (!kind.equals("delete")) {
            requireRoom(path);
        }
        if (isFatal && moment == Moment.BEFORE) {
            die(kind, path);
        }
        T result = change.run();
        if (isFatal) {
            die(kind, path);
        }
        return result;
    }

    /** @param partly writes the first half */
    static synchronized int write(Path path, Change<Integer> partly, Change<Integer> whole) throws IOException {
        if (counts(path)) {
            WRITES.add(operations + 1);
            if (operations + 1 == fatal && moment == Moment.HALFWAY) {
                return change("write", path, partly);
            }
        }
        return change("write", path, whole);
    }

    static synchronized void requireAlive(Path path) {
        if (dead && counts(path)) {
            throw new ProcessDied(path.toString());
        }
    }

    static void opened(FileChannel channel) {
        OPEN.add(channel);
    }

    static void closed(FileChannel channel) {
        OPEN.remove(channel);
    }

    private static boolean counts(Path path) {
        boolean isWatched = watched != null && path.toString().startsWith(watched);
        if (isWatched && dead) {
            throw new ProcessDied(path.toString());
        }
        return isWatched;
    }

    private static void requireRoom(Path path) throws IOException {
        if (full != null && operations >= fullFrom && path.toString().startsWith(full)) {
            throw new IOException(path + ": No space left on device");
        }
    }

    /** As the system does it: whatever is open is closed, and locks are gone. */
    private static void die(String kind, Path path) throws IOException {
        if (death == Death.HALT) {
            Runtime.getRuntime().halt(HALTED);
        }
        dead = true;
        DEATHS.merge(kind + " " + what(path), 1, Integer::sum);
        for (FileChannel channel : Set.copyOf(OPEN)) {
            channel.close();
        }
        OPEN.clear();
        throw new ProcessDied(kind + " of " + path);
    }

    /** The part that a file plays. */
    private static String what(Path path) {
        String name = String.valueOf(path.getFileName());
        if (path.toString().contains("/_state/")) {
            return "index " + (name.matches("[a-z.]+") ? name : "folder");
        }
        if (path.toString().contains("_delta_log")) {
            return "log "
                    + name.replaceAll("^\\.", "")
                            .replaceAll("[0-9a-f]{8}-[-0-9a-f]*", "")
                            .replaceAll("\\d", "");
        }
        return name.contains("deletion_vector") ? "vectors" : name.contains(".parquet") ? "data" : "folder";
    }
}
