package dev.cdcdelta.admin.table;

import dev.cdcdelta.admin.failure.CommandException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/** Folders of a bucket, as S3A sees them. Made by hand, since Hadoop's registry of file systems needs more jars than we ship. */
final class BucketFolders implements Folders {
    private final Path root;
    private final S3AFileSystem fileSystem;

    private BucketFolders(Path root, S3AFileSystem fileSystem) {
        this.root = root;
        this.fileSystem = fileSystem;
    }

    static BucketFolders open(String warehouse, Map<String, String> hadoopOptions) throws IOException {
        if (!warehouse.matches("s3a://[^/]+(/.*)?")) {
            throw CommandException.usage(
                    "The warehouse " + warehouse + " is no place that tables can be in.",
                    "Give s3a://bucket/path or file:///path.");
        }
        var configuration = new Configuration();
        hadoopOptions.forEach(configuration::set);
        var root = new Path(warehouse);
        var fileSystem = new S3AFileSystem();
        fileSystem.initialize(root.toUri(), configuration);
        return new BucketFolders(root, fileSystem);
    }

    @Override
    public List<String> below(List<String> path) throws IOException {
        Path folder = root;
        for (String segment : path) {
            folder = new Path(folder, segment);
        }
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus child : fileSystem.listStatus(folder)) {
                if (child.isDirectory()) {
                    names.add(child.getPath().getName());
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return names;
    }

    @Override
    public void close() throws IOException {
        fileSystem.close();
    }
}
