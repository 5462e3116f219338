package dev.cdcdelta.sink.table.storage;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/** File systems in memory that keep the promises of Azure's and Google's, and no others; as Hadoop finds them, by class name. */
public abstract class StoreInMemory extends FileSystem {
    private static final Map<URI, Contents> CONTENTS = new ConcurrentHashMap<>();

    private URI uri = URI.create("none:///");
    private Contents contents = new Contents();

    /** What befalls the step by which a file appears. */
    public enum Fault {
        NONE,
        /** Done, but the client hears of an error. */
        LOST_ACKNOWLEDGEMENT,
        /** Done, and repeated by the client, which is told that it came too late. */
        REPEATED,
        /** Not done. */
        BROKEN
    }

    /** A container, as all clients see it. */
    public static final class Contents {
        /** By path. */
        public final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();

        public final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

        Fault nextFault() {
            Fault fault = faults.poll();
            return fault == null ? Fault.NONE : fault;
        }
    }

    public static Contents of(String container) {
        return CONTENTS.computeIfAbsent(URI.create(container), key -> new Contents());
    }

    final Contents contents() {
        return contents;
    }

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        super.initialize(name, configuration);
        setConf(configuration);
        uri = name;
        contents = of(name.toString());
    }

    @Override
    public URI getUri() {
        return uri;
    }

    static String key(Path path) {
        return path.toUri().getPath();
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return new FSDataInputStream(new Stored(existing(path)));
    }

    private byte[] existing(Path path) throws FileNotFoundException {
        byte[] bytes = contents.files.get(key(path));
        if (bytes == null) {
            throw new FileNotFoundException(path.toString());
        }
        return bytes;
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (!overwrite && contents.files.containsKey(key(path))) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return new FSDataOutputStream(upload(key(path), overwrite), null);
    }

    abstract OutputStream upload(String key, boolean overwrite) throws IOException;

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        return contents.files.remove(key(path)) != null;
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        String directory = key(path).replaceFirst("/$", "") + "/";
        Map<String, FileStatus> found = new LinkedHashMap<>();
        SortedMap<String, byte[]> below = contents.files.subMap(directory, directory + Character.MAX_VALUE);
        below.forEach((key, bytes) -> {
            String name = key.substring(directory.length());
            int slash = name.indexOf('/');
            String child = slash < 0 ? name : name.substring(0, slash);
            found.put(child, status(new Path(path, child), slash < 0 ? bytes : null));
        });
        if (found.isEmpty()) {
            throw new FileNotFoundException(path.toString());
        }
        return found.values().toArray(FileStatus[]::new);
    }

    private FileStatus status(Path path, byte @Nullable [] bytes) {
        return new FileStatus(bytes == null ? 0 : bytes.length, bytes == null, 1, 1 << 20, 1_000, makeQualified(path));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return status(path, existing(path));
    }

    @Override
    public void setWorkingDirectory(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(uri.toString() + "/");
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) {
        throw new UnsupportedOperationException("no store needs directories");
    }

    /** Files are seen as they grow; a rename is one step that replaces nothing. */
    public static final class Azure extends StoreInMemory {
        @Override
        OutputStream upload(String key, boolean overwrite) throws IOException {
            byte[] empty = new byte[0];
            if (overwrite) {
                contents().files.put(key, empty);
            } else if (contents().files.putIfAbsent(key, empty) != null) {
                throw new FileAlreadyExistsException(key);
            }
            return new OutputStream() {
                @Override
                public void write(int value) {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    contents().files.computeIfPresent(key, (name, old) -> {
                        byte[] longer = Arrays.copyOf(old, old.length + length);
                        System.arraycopy(bytes, offset, longer, old.length, length);
                        return longer;
                    });
                }
            };
        }

        @Override
        public boolean rename(Path from, Path to) throws IOException {
            Fault fault = contents().nextFault();
            if (fault == Fault.BROKEN) {
                throw new IOException("the connection broke");
            }
            boolean renamed = renamed(key(from), key(to));
            if (fault == Fault.LOST_ACKNOWLEDGEMENT) {
                throw new IOException("the answer was lost");
            }
            return fault == Fault.REPEATED ? renamed(key(from), key(to)) : renamed;
        }

        private boolean renamed(String from, String to) {
            synchronized (contents()) {
                byte[] bytes = contents().files.get(from);
                if (bytes == null || contents().files.putIfAbsent(to, bytes) != null) {
                    return false;
                }
                contents().files.remove(from);
                return true;
            }
        }

        @Override
        public boolean hasPathCapability(Path path, String capability) throws IOException {
            return capability.equals("fs.capability.etags.preserved.in.rename")
                    ? getConf().getBoolean("test.hierarchical", true)
                    : super.hasPathCapability(path, capability);
        }
    }

    /** Files are seen when their upload ends, if the name is free then; an upload that is interrupted ends early. */
    public static final class Google extends StoreInMemory {
        @Override
        OutputStream upload(String key, boolean overwrite) {
            return new ByteArrayOutputStream() {
                private boolean closed;

                @Override
                public void close() throws IOException {
                    if (closed) {
                        return;
                    }
                    closed = true;
                    Fault fault = contents().nextFault();
                    if (fault == Fault.BROKEN) {
                        throw new IOException("the connection broke");
                    }
                    byte[] bytes = toByteArray();
                    byte[] uploaded =
                            Thread.currentThread().isInterrupted() ? Arrays.copyOf(bytes, bytes.length / 2) : bytes;
                    boolean stored = store(uploaded);
                    if (fault == Fault.LOST_ACKNOWLEDGEMENT) {
                        throw new IOException("the answer was lost");
                    }
                    if (fault == Fault.REPEATED && !overwrite) {
                        stored = store(uploaded);
                    }
                    if (!stored) {
                        throw new IOException("Upload failed: 412 Precondition Failed");
                    }
                }

                private boolean store(byte[] bytes) {
                    if (overwrite) {
                        contents().files.put(key, bytes);
                        return true;
                    }
                    return contents().files.putIfAbsent(key, bytes) == null;
                }
            };
        }

        /** A copy and a delete. */
        @Override
        public boolean rename(Path from, Path to) {
            byte[] bytes = contents().files.get(key(from));
            if (bytes == null || contents().files.putIfAbsent(key(to), bytes) != null) {
                return false;
            }
            contents().files.remove(key(from));
            return true;
        }
    }

    private static final class Stored extends FSInputStream {
        private final byte[] bytes;
        private int position;

        Stored(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void seek(long target) {
            position = (int) target;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }

        @Override
        public int read() {
            return position < bytes.length ? bytes[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position >= bytes.length) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }
    }

    /** The settings that make Hadoop take these for the stores. */
    public static Map<String, String> options() {
        return Map.of("fs.abfss.impl", Azure.class.getName(), "fs.gs.impl", Google.class.getName());
    }

    /** A container of each store that is named after the test. */
    public static List<String> containers(String name) {
        return List.of("abfss://" + name + "@account.dfs.core.windows.net", "gs://" + name);
    }
}
