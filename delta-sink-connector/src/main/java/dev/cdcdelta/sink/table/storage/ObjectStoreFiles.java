package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * One bucket of an S3-compatible store. It holds a file system of its own: Hadoop's cache knows file systems by bucket alone, so that
 * two connectors of one worker would share the keys of whichever came first.
 */
public final class ObjectStoreFiles implements WarehouseFiles {
    private final S3AFileSystem fileSystem;
    private final ConditionalPut conditionalPut;

    private ObjectStoreFiles(S3AFileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.conditionalPut = new ConditionalPut(fileSystem);
    }

    public static ObjectStoreFiles open(URI bucket, Map<String, String> options) throws IOException {
        return open(bucket, ObjectStoreSettings.configuration(options));
    }

    static ObjectStoreFiles open(URI bucket, Configuration configuration) throws IOException {
        // Hadoop's login would ask the operating system for a user name, which a container's bare user id does not
        // have.
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser("kafka-connect"));
        S3AFileSystem fileSystem = new S3AFileSystem();
        fileSystem.initialize(bucket, configuration);
        return new ObjectStoreFiles(fileSystem);
    }

    @Override
    public void putIfAbsent(String path, byte[] bytes) throws IOException {
        conditionalPut.put(new Path(path), bytes);
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        try (ObjectOutputStream out = ObjectOutputStream.replacing(fileSystem, new Path(path))) {
            out.writeWhole(bytes);
        }
    }

    @Override
    public NewFile create(String path) throws IOException {
        return ObjectOutputStream.replacing(fileSystem, new Path(path));
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
        return ObjectListing.from(fileSystem, new Path(filePath));
    }

    @Override
    public List<FileStatus> listTree(String directory) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(new Path(directory), true);
        while (files.hasNext()) {
            LocatedFileStatus file = files.next();
            found.add(FileStatus.of(file.getPath().toString(), file.getLen(), file.getModificationTime()));
        }
        return found;
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        org.apache.hadoop.fs.FileStatus status = fileSystem.getFileStatus(new Path(path));
        return FileStatus.of(status.getPath().toString(), status.getLen(), status.getModificationTime());
    }

    @Override
    public String resolvePath(String path) {
        return fileSystem.makeQualified(new Path(path)).toString();
    }

    /** Object stores have no directories; S3A would PUT a marker object. */
    @Override
    public boolean mkdirs(String path) {
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        return new ObjectInputFile(fileSystem, new Path(path), fileSize);
    }

    /** Told a length, S3A does not ask for it; a range that ends behind the object gives what there is. */
    @Override
    public byte[] beginning(String path, int count) throws IOException {
        byte[] bytes = new byte[count];
        int length = 0;
        try (FSDataInputStream in = FutureIO.awaitFuture(fileSystem
                .openFile(new Path(path))
                .opt("fs.option.openfile.length", Integer.toString(count))
                .build())) {
            for (int read = in.read(bytes, 0, count); read > 0; read = in.read(bytes, length, count - length)) {
                length += read;
            }
        } catch (EOFException shorter) {
            // Said by some servers of a range that lies behind the end.
            return Arrays.copyOf(bytes, length);
        }
        return Arrays.copyOf(bytes, length);
    }

    /** One DELETE; S3A's own delete would look at the "directory" afterwards and PUT a marker for an empty one. */
    @Override
    public boolean delete(String path) throws IOException {
        Path object = new Path(path);
        try (BulkDelete delete = fileSystem.createBulkDelete(object.getParent())) {
            for (Map.Entry<Path, String> failure : delete.bulkDelete(List.of(object))) {
                throw new IOException("Cannot delete " + failure.getKey() + ": " + failure.getValue());
            }
            return true;
        }
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.ofNullable(fileSystem.getConf().get(key));
    }

    @Override
    public void close() throws IOException {
        fileSystem.close();
    }
}
