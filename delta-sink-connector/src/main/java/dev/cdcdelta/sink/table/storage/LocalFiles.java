package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A directory of this machine, for {@code file:} warehouses. A hard link to a finished file is the put-if-absent: the kernel of every
 * POSIX system lets one linker win.
 */
public final class LocalFiles implements WarehouseFiles {
    /** How the names of files end that are not finished. */
    static final String UNFINISHED = ".tmp";

    /** The file behind {@code file:/a}, {@code file:///a} or {@code /a}; taken literally, without percent decoding. */
    static Path local(String path) {
        String name = path.startsWith("file:") ? path.substring("file:".length()) : path;
        return Path.of(name.replaceFirst("^/+", "/"));
    }

    @Override
    public void putIfAbsent(String path, byte[] bytes) throws IOException {
        Path target = local(path);
        Path written = temporary(target);
        try {
            writeDurably(written, bytes);
            Files.createLink(target, written);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        Path target = local(path);
        Path written = temporary(target);
        try {
            writeDurably(written, bytes);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A name that no reader of a Delta log looks at. */
    static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    }

    private static void writeDurably(Path path, byte[] bytes) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.write(path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
        Path from = local(filePath);
        try {
            return LocalListing.of(
                    Objects.requireNonNull(from.toAbsolutePath().getParent()),
                    from.getFileName().toString());
        } catch (NoSuchFileException e) {
            throw notFound(filePath, e);
        }
    }

    @Override
    public List<FileStatus> listTree(String directory) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        Files.walkFileTree(local(directory).toAbsolutePath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(FileStatus.of(
                        "file:" + file,
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found;
    }

    /** Empty for a directory, and for a file that went away since it was listed. */
    static Optional<FileStatus> statusOf(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? Optional.empty()
                    : Optional.of(FileStatus.of(
                            "file:" + file,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        return statusOf(local(path)).orElseThrow(() -> new FileNotFoundException(path + " does not exist"));
    }

    @Override
    public String resolvePath(String path) {
        return "file:" + local(path).toAbsolutePath();
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        Files.createDirectories(local(path));
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        return new LocalInputFile(local(path));
    }

    @Override
    public NewFile create(String path) throws IOException {
        Path target = local(path);
        return new LocalOutputStream(target, temporary(target));
    }

    @Override
    public boolean delete(String path) throws IOException {
        return Files.deleteIfExists(local(path));
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String source, String target, boolean overwrite) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(local(source));
        } catch (NoSuchFileException e) {
            throw notFound(source, e);
        }
        if (overwrite) {
            put(target, bytes);
        } else {
            putIfAbsent(target, bytes);
        }
    }

    private static FileNotFoundException notFound(String path, NoSuchFileException cause) {
        FileNotFoundException notFound = new FileNotFoundException(path + " does not exist");
        notFound.initCause(cause);
        return notFound;
    }

    @Override
    public void close() {}
}
