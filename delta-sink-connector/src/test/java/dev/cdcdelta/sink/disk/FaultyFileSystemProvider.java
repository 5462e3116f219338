package dev.cdcdelta.sink.disk;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The default file system of a child process, by {@code -Djava.nio.file.spi.DefaultFileSystemProvider}: every change of the disk that the
 * program makes goes through here, without the program's knowing.
 */
public final class FaultyFileSystemProvider extends FileSystemProvider {
    private final FileSystemProvider real;
    private final FaultyFileSystem system;

    /** @param real the machine's own, as the virtual machine gives it */
    public FaultyFileSystemProvider(FileSystemProvider real) {
        this.real = real;
        this.system = new FaultyFileSystem(this, real.getFileSystem(URI.create("file:///")));
    }

    private static Path real(Path path) {
        DiskFaults.requireAlive(path);
        return FaultyPath.real(path);
    }

    private static boolean exists(Path real) {
        return new File(real.toString()).exists();
    }

    @Override
    public String getScheme() {
        return real.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
        return real.newFileSystem(uri, environment);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        real.getFileSystem(uri);
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return system.wrap(real.getPath(uri));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path target = real(path);
        DiskFaults.Change<FileChannel> open =
                () -> new FaultyChannel(path, real.newFileChannel(target, options, attributes));
        boolean creates = options.contains(StandardOpenOption.CREATE_NEW)
                || options.contains(StandardOpenOption.TRUNCATE_EXISTING)
                || (options.contains(StandardOpenOption.CREATE) && !exists(target));
        return creates ? DiskFaults.change("create", path, open) : open.run();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> entries =
                real.newDirectoryStream(real(directory), entry -> filter.accept(system.wrap(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> all = entries.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public Path next() {
                        return system.wrap(all.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path target = real(directory);
        if (exists(target)) {
            real.createDirectory(target, attributes);
            return;
        }
        change("create", directory, () -> real.createDirectory(target, attributes));
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path target = real(link);
        change("link", link, () -> real.createLink(target, real(existing)));
    }

    @Override
    public void delete(Path path) throws IOException {
        Path target = real(path);
        if (!exists(target)) {
            real.delete(target);
            return;
        }
        change("delete", path, () -> real.delete(target));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Path from = real(source);
        change("copy", target, () -> real.copy(from, real(target), options));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path from = real(source);
        change("move", target, () -> real.move(from, real(target), options));
    }

    /** A change that gives no result. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    private static void change(String kind, Path path, Deed deed) throws IOException {
        DiskFaults.change(kind, path, () -> {
            deed.run();
            return true;
        });
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(real(path), attribute, value, options);
    }
}
