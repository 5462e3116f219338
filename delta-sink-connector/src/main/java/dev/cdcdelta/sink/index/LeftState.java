package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.HashStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores that nobody has open and nobody has written to for long: of tables that are gone, of connectors that were renamed. Should one be
 * wanted after all, it is read from its table again. The folders and their locks stay, as somebody may be about to take one.
 */
final class LeftState {
    private static final Logger LOG = LoggerFactory.getLogger(LeftState.class);
    private static final Duration KEPT = Duration.ofDays(30);

    private LeftState() {}

    static void clear(Path state, Instant now) throws IOException {
        if (!Files.isDirectory(state)) {
            return;
        }
        Files.walkFileTree(state, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path folder = file.getParent();
                Instant written = attributes.lastModifiedTime().toInstant();
                if (folder != null && file.endsWith("log") && written.plus(KEPT).isBefore(now)) {
                    clearUnused(folder, written);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Others come and go meanwhile. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                LOG.debug("{} was not looked into", file, failure);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void clearUnused(Path folder, Instant written) throws IOException {
        Optional<ShardRoom> free = ShardRoom.free(folder);
        if (free.isPresent()) {
            try (ShardRoom room = free.get()) {
                HashStore.clear(room.folder());
                LOG.info("Deleted the key index in {}, which was last written to at {}", folder, written);
            }
        }
    }
}
