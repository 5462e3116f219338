package dev.cdcdelta.admin.query;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Local copies of remote data files. Data files never change, so a copy of the right size is good for ever. Over its limit the cache
 * forgets the files used longest ago, but never one that this run uses. Several runs may share a directory.
 */
public final class FileCache {
    private static final String SUFFIX = ".parquet";

    private final Path directory;
    private final long limit;
    private final Clock clock;
    private final Set<Path> inUse = new HashSet<>();

    /** @param limit bytes */
    public FileCache(Path directory, long limit, Clock clock) {
        this.directory = directory;
        this.limit = limit;
        this.clock = clock;
    }

    /** The path of the copy, downloaded if it is not there. */
    public Path local(DeltaTable table, DataFile file) {
        Path copy = directory.resolve(key(table.location() + "\n" + file.path()) + SUFFIX);
        inUse.add(copy);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(copy) || Files.size(copy) != file.size()) {
                makeRoom(file.size());
                download(table, file, copy);
            }
            Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot keep a copy of " + file.path() + " of " + table.location() + " in " + directory, e);
        }
    }

    private void download(DeltaTable table, DataFile file, Path copy) throws IOException {
        Path partial = Files.createTempFile(directory, "download", ".part");
        try (InputStream bytes = table.open(file)) {
            Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void makeRoom(long bytes) throws IOException {
        long used = bytes;
        List<Kept> candidates = new ArrayList<>();
        for (Kept kept : kept()) {
            used += kept.size();
            if (!inUse.contains(kept.path())) {
                candidates.add(kept);
            }
        }
        candidates.sort(Comparator.comparing(Kept::lastUse));
        for (Kept kept : candidates) {
            if (used <= limit) {
                return;
            }
            Files.deleteIfExists(kept.path());
            used -= kept.size();
        }
    }

    private record Kept(Path path, long size, FileTime lastUse) {}

    private List<Kept> kept() throws IOException {
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                // Another run may have deleted it meanwhile.
                if (Files.exists(path)) {
                    all.add(new Kept(path, Files.size(path), Files.getLastModifiedTime(path)));
                }
            }
        }
        return all;
    }

    private static String key(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
