package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.Listing;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3ListRequest;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;
import org.apache.hadoop.util.functional.RemoteIterators;

/**
 * Part of a "directory" in the order of names, which is the order that S3 lists in. The store is asked from the first wanted object on, and
 * page by page: neither what lies before it nor what nobody iterates to costs anything, however long a log is. S3A's own listings begin
 * at the beginning.
 */
final class ObjectListing implements CloseableIterator<FileStatus> {
    private final RemoteIterator<S3AFileStatus> files;
    private String last = "";

    ObjectListing(RemoteIterator<S3AFileStatus> files) {
        this.files = files;
    }

    /**
     * The objects of this and later names beside it.
     *
     * @throws java.io.FileNotFoundException if there is nothing below the "directory"
     */
    static ObjectListing from(S3AFileSystem fileSystem, Path first) throws IOException {
        Path directory = first.getParent();
        String key = fileSystem.pathToKey(directory);
        String prefix = key.isEmpty() ? key : key + "/";
        String name = first.getName();
        // The store leaves out the key that it starts after; a shorter one lets in what is filtered out below.
        String before = prefix + name.substring(0, name.length() - 1);
        RemoteIterator<S3AFileStatus> files = fileSystem
                .getListing()
                .createFileStatusListingIterator(
                        directory,
                        startingAfter(before, fileSystem.createListObjectsRequest(prefix, "/")),
                        path -> path.getName().compareTo(name) >= 0,
                        new Listing.AcceptAllButSelfAndS3nDirs(directory),
                        fileSystem.createSpan(StoreStatisticNames.OP_LIST_FILES, first.toString(), null));
        if (!files.hasNext()) {
            fileSystem.getFileStatus(directory);
        }
        return new ObjectListing(RemoteIterators.filteringRemoteIterator(files, S3AFileStatus::isFile));
    }

    private static S3ListRequest startingAfter(String key, S3ListRequest all) {
        return all.isV1()
                ? S3ListRequest.v1(all.getV1().toBuilder().marker(key).build())
                : S3ListRequest.v2(all.getV2().toBuilder().startAfter(key).build());
    }

    @Override
    public boolean hasNext() {
        try {
            return files.hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FileStatus next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            S3AFileStatus file = files.next();
            String path = file.getPath().toString();
            requireOrder(path);
            return FileStatus.of(path, file.getLen(), file.getModificationTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Out of order, a log would seem to end too early. */
    private void requireOrder(String path) throws IOException {
        if (path.compareTo(last) <= 0) {
            throw new IOException("The store lists " + path + " behind " + last
                    + ". A Delta log needs a store that lists in the order of names; S3's directory buckets do not");
        }
        last = path;
    }

    /** The page that is on its way, if one is, is not waited for. */
    @Override
    public void close() throws IOException {
        RemoteIterators.cleanupRemoteIterator(files);
    }
}
