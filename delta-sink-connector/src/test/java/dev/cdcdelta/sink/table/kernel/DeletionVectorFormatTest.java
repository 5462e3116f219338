package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.table.storage.LocalFiles;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.delta.kernel.internal.deletionvectors.DeletionVectorStoredBitmap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class DeletionVectorFormatTest {
    private static final LocalFiles FILES = new LocalFiles();
    private static final DefaultEngine ENGINE = DefaultEngine.create(FILES);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** Magic, one bucket, key 0, then a portable Roaring bitmap: cookie 12346, one array container of key 0 with 2 values. */
    @Test
    void theBytesOfASmallVectorAreThoseOfTheProtocol() {
        assertThat(HexFormat.of().formatHex(DeadRows.of(new long[] {1, 5}).bytes()))
                .isEqualTo("d1d33964" + "0100000000000000" + "00000000" + "3a300000" + "01000000" + "00000100"
                        + "10000000" + "01000500");
    }

    @Test
    void kernelReadsWhatWasWritten() throws IOException {
        Random random = new Random(7);
        Roaring64Bitmap sparse =
                Roaring64Bitmap.bitmapOf(random.longs(5_000, 0, 1L << 34).toArray());
        Roaring64Bitmap dense = Roaring64Bitmap.bitmapOf(
                LongStream.range(0, 200_000).filter(i -> i % 1000 != 0).toArray());
        Roaring64Bitmap single = Roaring64Bitmap.bitmapOf(0);
        Map<String, Roaring64Bitmap> vectors = new LinkedHashMap<>();
        vectors.put("sparse", sparse);
        vectors.put("dense", dense);
        vectors.put("single", single);
        Map<String, DeadRows> rows = new LinkedHashMap<>();
        vectors.forEach((name, positions) -> rows.put(name, DeadRows.of(positions.toArray())));

        Map<String, DeletionVectorDescriptor> descriptors = new DeletionVectors(ENGINE, FILES, "file:" + directory)
                .write(rows)
                .descriptors();

        assertThat(directory.toFile().list()).hasSize(1);
        for (Map.Entry<String, Roaring64Bitmap> vector : vectors.entrySet()) {
            DeletionVectorDescriptor descriptor = descriptor(descriptors, vector.getKey());
            assertThat(descriptor.getCardinality()).isEqualTo(vector.getValue().getLongCardinality());
            assertThat(new DeletionVectorStoredBitmap(descriptor, Optional.of("file:" + directory))
                            .load(ENGINE.getFileSystemClient())
                            .toArray())
                    .isEqualTo(vector.getValue().toArray());
        }
    }

    @Test
    void aVectorFileIsAVersionThenLengthBytesAndChecksumOfEachVector() throws IOException {
        Map<String, DeletionVectorDescriptor> descriptors = new DeletionVectors(ENGINE, FILES, "file:" + directory)
                .write(Map.of("file", DeadRows.of(new long[] {1, 5})))
                .descriptors();

        DeletionVectorDescriptor descriptor = descriptor(descriptors, "file");
        Path file =
                directory.resolve("deletion_vector_" + Base85Codec.decodeUUID(descriptor.getPathOrInlineDv()) + ".bin");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.BIG_ENDIAN);
        assertThat(bytes.get()).isEqualTo((byte) 1);
        assertThat(descriptor.getStorageType()).isEqualTo("u");
        assertThat(descriptor.getOffset()).contains(bytes.position());
        assertThat(bytes.getInt()).isEqualTo(descriptor.getSizeInBytes());
        byte[] vector = new byte[descriptor.getSizeInBytes()];
        bytes.get(vector);
        assertThat(vector).isEqualTo(DeadRows.of(new long[] {1, 5}).bytes());
        CRC32 checksum = new CRC32();
        checksum.update(vector);
        assertThat(bytes.getInt()).isEqualTo((int) checksum.getValue());
        assertThat(bytes.hasRemaining()).isFalse();
    }

    private static DeletionVectorDescriptor descriptor(Map<String, DeletionVectorDescriptor> descriptors, String name) {
        return Optional.ofNullable(descriptors.get(name)).orElseThrow();
    }
}
