package dev.cdcdelta.sink.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that nobody else uses, in this process or another, for as long as it is open. */
final class ShardRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardRoom.class);
    private static final int PLACES = 64;

    /**
     * The locks of this process, by folder. A lock is the process's, and POSIX has it given up as soon as the process closes any
     * descriptor of the file: nobody may as much as open the file of a lock that is held.
     */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    /** Files of locks that are held in this process by classes of another loader, which {@link #HELD} does not know: never closed. */
    private static final List<FileChannel> NEVER_CLOSED = new ArrayList<>();

    private final Path folder;
    private final FileChannel lock;
    private final boolean kept;

    private ShardRoom(Path folder, FileChannel lock, boolean kept) {
        this.folder = folder;
        this.lock = lock;
        this.kept = kept;
    }

    /**
     * The room of one owner. Where another has not left it yet (a task that was cut off may go on for a while), a room of our own
     * until we close it.
     */
    static ShardRoom only(Path state, Path folder) throws IOException {
        Optional<ShardRoom> free = lock(folder, true);
        if (free.isPresent()) {
            return free.get();
        }
        Path rooms = state.resolve("_private");
        Files.createDirectories(rooms);
        clearLeft(rooms);
        Path own = rooms.resolve("index" + UUID.randomUUID());
        LOG.warn("{} is in use by another task that has not ended yet; the index is built anew in {}", folder, own);
        return lock(own, false).orElseThrow(() -> new IOException(own + " is locked"));
    }

    /** The first free one of several rooms for the same. */
    static ShardRoom anyOf(Path state, Path folder) throws IOException {
        for (int place = 0; place < PLACES; place++) {
            Optional<ShardRoom> free = lock(folder.resolve(Integer.toString(place)), true);
            if (free.isPresent()) {
                return free.get();
            }
        }
        return only(state, folder.resolve("0"));
    }

    /** The room in a folder, to keep what is in it; empty if somebody is there. */
    static Optional<ShardRoom> free(Path folder) throws IOException {
        return lock(folder, true);
    }

    private static Optional<ShardRoom> lock(Path folder, boolean kept) throws IOException {
        synchronized (HELD) {
            Path name = folder.toAbsolutePath().normalize();
            FileChannel held = HELD.get(name);
            if (held != null && held.isOpen()) {
                return Optional.empty();
            }
            Files.createDirectories(folder);
            Optional<FileChannel> lock = lock(folder.resolve("lock"));
            lock.ifPresent(channel -> HELD.put(name, channel));
            return lock.map(channel -> new ShardRoom(folder, channel, kept));
        }
    }

    private static Optional<FileChannel> lock(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean mayClose = true;
        try {
            mayClose = file.tryLock() == null;
            return mayClose ? Optional.empty() : Optional.of(file);
        } catch (OverlappingFileLockException e) {
            mayClose = false;
            NEVER_CLOSED.add(file);
            return Optional.empty();
        } finally {
            if (mayClose) {
                file.close();
            }
        }
    }

    /** Private rooms of processes that were killed. */
    private static void clearLeft(Path rooms) throws IOException {
        try (Stream<Path> left = Files.list(rooms)) {
            for (Path room : left.toList()) {
                Optional<ShardRoom> free = lock(room, false);
                if (free.isPresent()) {
                    free.get().close();
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (!kept) {
                try (Stream<Path> content = Files.list(folder)) {
                    for (Path file : content.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } finally {
            synchronized (HELD) {
                HELD.values().remove(lock);
            }
        }
    }
}
