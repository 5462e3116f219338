package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.ReflectionUtils;
import org.apache.kafka.common.config.ConfigException;

/** A container or bucket of an {@link AddedStore}, by the file system that the user's jars bring. */
public final class HadoopFiles implements WarehouseFiles {
    private final FileSystem fileSystem;
    private final AddedStore store;
    private final AtomicPut atomicPut;

    private HadoopFiles(FileSystem fileSystem, AddedStore store) {
        this.fileSystem = fileSystem;
        this.store = store;
        this.atomicPut = store.atomicPut(fileSystem);
    }

    /** @throws ConfigException if the jars are missing */
    static HadoopFiles open(URI container, AddedStore store, Configuration configuration) throws IOException {
        Class<? extends FileSystem> type = store.fileSystem(configuration)
                .orElseThrow(() -> new ConfigException("The warehouse " + container
                        + " needs a file system that is not among the jars of this plugin. Put the jars of "
                        + store.library() + " into the plugin's directory on every worker, restart the workers,"
                        + " and see docs/how-to/storage.md for the list."));
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser("kafka-connect"));
        FileSystem fileSystem = ReflectionUtils.newInstance(type, configuration);
        try {
            fileSystem.initialize(container, configuration);
        } catch (IOException | RuntimeException e) {
            // It may have threads by then.
            IOUtils.cleanupWithLogger(null, fileSystem);
            throw e;
        }
        return new HadoopFiles(fileSystem, store);
    }

    /** Whether the store does in one step what the put-if-absent takes for one. */
    boolean isAtomic() throws IOException {
        // Azure's file system has no question of its own for a hierarchical namespace; this it answers by it.
        return store != AddedStore.AZURE
                || fileSystem.hasPathCapability(
                        new Path(fileSystem.getUri().toString() + "/"),
                        CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME);
    }

    @Override
    public void putIfAbsent(String path, byte[] bytes) throws IOException {
        atomicPut.putIfAbsent(new Path(path), bytes);
    }

    @Override
    public void put(String path, byte[] bytes) throws IOException {
        atomicPut.replace(new Path(path), bytes);
    }

    @Override
    public NewFile create(String path) throws IOException {
        return new RenamedFile(fileSystem, new Path(path));
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
        Path from = new Path(filePath);
        List<FileStatus> found = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(from.getParent(), false);
        while (files.hasNext()) {
            LocatedFileStatus file = files.next();
            if (file.getPath().getName().compareTo(from.getName()) >= 0 && !RenamedFile.isTemporary(file.getPath())) {
                found.add(status(file));
            }
        }
        return new ListedFiles(found);
    }

    @Override
    public List<FileStatus> listTree(String directory) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(new Path(directory), true);
        while (files.hasNext()) {
            found.add(status(files.next()));
        }
        return found;
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        return status(fileSystem.getFileStatus(new Path(path)));
    }

    private static FileStatus status(org.apache.hadoop.fs.FileStatus file) {
        return FileStatus.of(file.getPath().toString(), file.getLen(), file.getModificationTime());
    }

    @Override
    public String resolvePath(String path) {
        return fileSystem.makeQualified(new Path(path)).toString();
    }

    /** Both stores make directories with the first file in them. */
    @Override
    public boolean mkdirs(String path) {
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        return new ObjectInputFile(fileSystem, new Path(path), fileSize);
    }

    @Override
    public boolean delete(String path) throws IOException {
        return fileSystem.delete(new Path(path), false);
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
