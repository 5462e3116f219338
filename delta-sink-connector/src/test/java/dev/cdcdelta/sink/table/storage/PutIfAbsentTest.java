package dev.cdcdelta.sink.table.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.storage.InProcessS3.Fault;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PutIfAbsentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private InProcessS3 server;

    @SuppressWarnings("NullAway.Init")
    private WarehouseFiles bucket;

    private final WarehouseFiles local = new LocalFiles();

    @BeforeAll
    void start() throws Exception {
        server = new InProcessS3("lake");
        bucket = ObjectStoreFiles.open(URI.create("s3a://lake"), server.options());
    }

    @AfterAll
    void stop() throws Exception {
        bucket.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.requests.clear();
    }

    @Test
    void oneOfManyThreadsWinsAName() throws Exception {
        Race.expectOneWinnerPerRound(local, "file://" + directory + "/race/", 50);
    }

    @Test
    void oneOfManyThreadsWinsAKeyOfTheBucket() throws Exception {
        Race.expectOneWinnerPerRound(bucket, "s3a://lake/race/", 5);
    }

    @Test
    void whatIsThereIsNotReplaced() throws IOException {
        for (WarehouseFiles files : List.of(local, bucket)) {
            String path = (files == local ? "file://" + directory : "s3a://lake") + "/once.json";
            files.putIfAbsent(path, bytes("first"));

            assertThatThrownBy(() -> files.putIfAbsent(path, bytes("second")))
                    .isInstanceOf(FileAlreadyExistsException.class);

            assertThat(Race.read(files, path)).isEqualTo("first");
        }
    }

    @Test
    void aLostAcknowledgementIsAVictory() throws IOException {
        server.failNextPuts(Fault.LOST_ACKNOWLEDGEMENT);

        bucket.putIfAbsent("s3a://lake/lost.json", bytes("mine"));

        assertThat(Race.read(bucket, "s3a://lake/lost.json")).isEqualTo("mine");
        assertThat(server.requests).startsWith("PUT lost.json", "PUT lost.json", "HEAD lost.json", "GET lost.json");
    }

    @Test
    void aConflictOfRequestsIsTriedAgain() throws IOException {
        server.failNextPuts(Fault.CONFLICT);

        bucket.putIfAbsent("s3a://lake/conflict.json", bytes("mine"));

        assertThat(Race.read(bucket, "s3a://lake/conflict.json")).isEqualTo("mine");
    }

    @Test
    void aConditionalPutIsASingleRequest() throws IOException {
        bucket.putIfAbsent("s3a://lake/deep/down/single.json", bytes("mine"));

        assertThat(server.requests).containsExactly("PUT deep/down/single.json");
    }

    @Test
    void directoriesAreNotCreatedInABucket() throws IOException {
        assertThat(bucket.mkdirs("s3a://lake/some/_delta_log")).isTrue();

        assertThat(server.requests).isEmpty();
    }

    @Test
    void listingsStartAtANameAndAreSorted() throws IOException {
        for (WarehouseFiles files : List.of(local, bucket)) {
            String log = (files == local ? "file:" + directory : "s3a://lake") + "/listing/_delta_log/";
            for (String name : List.of("3.json", "1.json", "2.json", "_last_checkpoint")) {
                files.put(log + name, bytes(name));
            }

            List<String> names = new ArrayList<>();
            try (CloseableIterator<FileStatus> found = files.listFrom(log + "2.json")) {
                found.forEachRemaining(file -> names.add(file.getPath()));
            }

            assertThat(names).containsExactly(log + "2.json", log + "3.json", log + "_last_checkpoint");
        }
    }

    @Test
    void aListingLooksAtNoFileBeforeItsTurn() throws IOException {
        String log = "file:" + directory + "/vanishing/_delta_log/";
        for (String name : List.of("1.json", "2.json", "3.json")) {
            local.put(log + name, bytes(name));
        }

        try (CloseableIterator<FileStatus> found = local.listFrom(log + "1.json")) {
            assertThat(found.next().getPath()).isEqualTo(log + "1.json");
            local.delete(log + "2.json");
            assertThat(found.next().getPath()).isEqualTo(log + "3.json");
            assertThat(found.hasNext()).isFalse();
        }
    }

    @Test
    void aStoreThatListsInNoOrderIsRefused() {
        Stream<S3AFileStatus> names = Stream.of("1.json", "3.json", "2.json")
                .map(name -> new S3AFileStatus(
                        1, 1, new org.apache.hadoop.fs.Path("s3a://lake/_delta_log/" + name), 1, "", "", ""));
        ObjectListing listing = new ObjectListing(RemoteIterators.remoteIteratorFromIterable(names.toList()));

        assertThat(listing.next().getPath()).endsWith("1.json");
        assertThat(listing.next().getPath()).endsWith("3.json");
        assertThatThrownBy(listing::next).hasStackTraceContaining("2.json behind s3a://lake/_delta_log/3.json");
    }

    @Test
    void aListingOfWhatDoesNotExistSaysSo() {
        assertThatThrownBy(() -> local.listFrom("file:" + directory + "/none/_delta_log/0.json"))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> bucket.listFrom("s3a://lake/none/_delta_log/0.json"))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void anAbandonedObjectIsNeverStored() throws IOException {
        NewFile file = bucket.create("s3a://lake/abandoned");
        file.write(bytes("half"));
        file.abandon();
        file.close();

        assertThat(server.requests).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
