package dev.cdcdelta.sink.mapping;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.cdcdelta.sink.schema.ColumnType;
import java.nio.ByteBuffer;

/**
 * The hash of a row's content: XXH3, 128 bits, of the canonical bytes that {@link CanonicalForm} defines. It does not depend on the
 * order or width of columns, so a row keeps its hash while its table grows. Not for several threads.
 */
public final class RowHash {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();

    private final CanonicalForm.StructForm form;
    private final CanonicalBytes bytes = new CanonicalBytes();

    /** @param columns a table's top level; the connector's own columns are no content */
    public RowHash(ColumnType.Struct columns) {
        form = CanonicalForm.of(columns);
    }

    /** 16 bytes, most significant first. */
    public byte[] of(Object[] row) {
        bytes.clear();
        form.write(row, bytes);
        HashValue128 hash = XXH3.hashBytesTo128Bits(bytes.array(), 0, bytes.length());
        return ByteBuffer.allocate(16)
                .putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .array();
    }
}
