package dev.cdcdelta.admin.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/** What is asked of a storage, one request each. Made by hand, since Hadoop's registry of file systems needs more jars than we ship. */
final class StoreOperations implements Closeable {
    private final Path root;
    private final FileSystem fileSystem;

    /** @param options of Hadoop's file systems */
    StoreOperations(String warehouse, Map<String, String> options) throws IOException {
        Configuration configuration = new Configuration();
        // Without it S3A looks for the class by the registry, to buffer uploads on disk.
        configuration.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
        configuration.set("fs.s3a.performance.flags", "create,delete,mkdir");
        configuration.set("fs.s3a.bucket.probe", "0");
        configuration.set("fs.s3a.bulk.delete.page.size", "1");
        configuration.set("fs.s3a.multipart.size", "5M");
        configuration.set("fs.s3a.multipart.threshold", "5M");
        options.forEach(configuration::set);
        root = new Path(warehouse);
        fileSystem = warehouse.startsWith("s3a:") ? new S3AFileSystem() : new RawLocalFileSystem();
        fileSystem.initialize(root.toUri(), configuration);
    }

    void put(String name, byte[] bytes, int times) throws IOException {
        try (OutputStream out = fileSystem.create(new Path(root, name), true)) {
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        }
    }

    long get(String name) throws IOException {
        long length = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = fileSystem.open(new Path(root, name))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                length += read;
            }
        }
        return length;
    }

    int list() throws IOException {
        return fileSystem.listStatus(root).length;
    }

    void delete(String name) throws IOException {
        fileSystem.delete(new Path(root, name), false);
    }

    /** What lies below a directory. */
    record Size(long objects, long bytes) {
        Size plus(Size other) {
            return new Size(objects + other.objects, bytes + other.bytes);
        }
    }

    /** By table, as those are given; the rest under the empty name. */
    Map<String, Size> sizes(Iterable<String> tables) throws IOException {
        Map<String, Size> sizes = new HashMap<>();
        String prefix = fileSystem.makeQualified(root).toUri().getPath().replaceFirst("/+$", "") + "/";
        RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(root, true);
        while (files.hasNext()) {
            LocatedFileStatus file = files.next();
            String path = file.getPath().toUri().getPath();
            String relative = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
            String owner = "";
            for (String table : tables) {
                if (relative.startsWith(table + "/")) {
                    owner = table;
                }
            }
            sizes.merge(owner, new Size(1, file.getLen()), Size::plus);
        }
        return sizes;
    }

    @Override
    public void close() throws IOException {
        fileSystem.close();
    }
}
