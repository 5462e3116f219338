package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Stands beside a store while it is open. What a killed process wrote is in the system's cache and will be read as written; what a
 * machine that went down had in that cache is lost in part. The mark tells the two apart by the machine's boot id.
 */
final class SessionMark {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;

    SessionMark(Path folder) {
        file = folder.resolve("session");
    }

    void check() throws IOException, DamagedStoreException {
        if (Files.exists(file)) {
            String then = Files.readString(file);
            if (then.isEmpty() || !then.equals(bootId())) {
                throw new DamagedStoreException("it was not closed before the machine went down");
            }
        }
    }

    /** At once: an empty mark, left by a kill, would pass for that of a machine that went down. */
    void set() throws IOException {
        Path next = file.resolveSibling("session.next");
        Files.writeString(next, bootId());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Empty where the system has none: then only an orderly end counts. */
    private static String bootId() throws IOException {
        return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
    }
}
