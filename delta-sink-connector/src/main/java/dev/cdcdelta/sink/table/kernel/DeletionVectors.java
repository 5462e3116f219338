package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.delta.kernel.internal.deletionvectors.DeletionVectorStoredBitmap;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The deletion vectors of one table's files, stored as PROTOCOL.md says under Deletion Vector File Storage Format. */
final class DeletionVectors {
    private static final byte FORMAT_VERSION = 1;

    /** Half of the rows of some 100 million. */
    private static final long KNOWN_BYTES = 16L << 20;

    private final KnownVectors known = new KnownVectors(KNOWN_BYTES);
    private final Engine engine;
    private final WarehouseFiles files;
    private final String location;

    DeletionVectors(Engine engine, WarehouseFiles files, String location) {
        this.engine = engine;
        this.files = files;
        this.location = location;
    }

    /** The vectors of a commit by the paths of their data files, and the file that they lie in. */
    record Stored(Map<String, DeletionVectorDescriptor> descriptors, Optional<String> file) {}

    /** A bitmap that the caller may change. */
    Roaring64Bitmap read(LiveFile file) throws IOException {
        Optional<DeletionVectorDescriptor> vector = file.deletionVector();
        return vector.isEmpty() ? new Roaring64Bitmap() : Roaring64Bitmap.bitmapOf(positions(vector.get()));
    }

    /** The dead rows of a file, for the caller to change and {@link #write}; those that were stored here before are not read again. */
    DeadRows take(LiveFile file) throws IOException {
        Optional<DeletionVectorDescriptor> vector = file.deletionVector();
        if (vector.isEmpty()) {
            return new DeadRows();
        }
        Optional<DeadRows> stored = known.take(vector.get());
        return stored.isPresent() ? stored.get() : DeadRows.of(positions(vector.get()));
    }

    private long[] positions(DeletionVectorDescriptor vector) throws IOException {
        return new DeletionVectorStoredBitmap(vector, Optional.of(location))
                .load(engine.getFileSystemClient())
                .toArray();
    }

    /** Stores all vectors of a commit in one file; returns the descriptors by the same keys. */
    Stored write(Map<String, DeadRows> vectors) throws IOException {
        Map<String, DeletionVectorDescriptor> descriptors = new LinkedHashMap<>();
        if (vectors.isEmpty()) {
            return new Stored(descriptors, Optional.empty());
        }
        UUID name = UUID.randomUUID();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORMAT_VERSION);
        for (Map.Entry<String, DeadRows> entry : vectors.entrySet()) {
            int offset = out.size();
            byte[] vector = entry.getValue().bytes();
            CRC32 checksum = new CRC32();
            checksum.update(vector);
            out.writeInt(vector.length);
            out.write(vector);
            out.writeInt((int) checksum.getValue());
            descriptors.put(
                    entry.getKey(),
                    new DeletionVectorDescriptor(
                            DeletionVectorDescriptor.UUID_DV_MARKER,
                            Base85Codec.encodeUUID(name),
                            Optional.of(offset),
                            vector.length,
                            entry.getValue().count()));
        }
        String file = location + "/deletion_vector_" + name + ".bin";
        files.put(file, bytes.toByteArray());
        descriptors.forEach((path, descriptor) -> known.put(descriptor, Objects.requireNonNull(vectors.get(path))));
        return new Stored(descriptors, Optional.of(file));
    }
}
