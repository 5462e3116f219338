package dev.cdcdelta.sink.mapping;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import java.nio.ByteBuffer;
import org.bson.BsonDocument;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

/**
 * The hash of a row's content: XXH3, 128 bits, of the canonical bytes that {@link CanonicalForm} defines. It does not depend on the
 * order or width of columns, so a row keeps its hash while its table grows. Not for several threads.
 */
public final class RowHash {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();

    private final CanonicalForm.StructForm form;
    private final CanonicalBytes bytes = new CanonicalBytes();
    private final CanonicalBson documents = new CanonicalBson();

    /** @param columns a table's top level; the connector's own columns are no content */
    public RowHash(ColumnType.Struct columns) {
        form = CanonicalForm.of(columns);
    }

    /** 16 bytes, most significant first. */
    public byte[] of(Object[] row) {
        bytes.clear();
        form.write(row, bytes);
        return hashed();
    }

    /**
     * The hash of the rows that a document becomes where every value finds a place, its column or the sidecar, and no column is one of
     * decimals: the bytes are the same then, without the way through the columns.
     */
    public byte[] ofWhole(BsonDocument document) {
        bytes.clear();
        CanonicalValue.write(document, false, bytes);
        return hashed();
    }

    /** The same of a document's bytes, without the objects that it would be decoded to: several times as fast. */
    public byte[] ofWhole(RawBsonDocument document) {
        bytes.clear();
        ByteBuf buffer = document.getByteBuffer();
        documents.write(buffer.array(), buffer.position(), bytes);
        return hashed();
    }

    private byte[] hashed() {
        HashValue128 hash = XXH3.hashBytesTo128Bits(bytes.array(), 0, bytes.length());
        return ByteBuffer.allocate(16)
                .putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .array();
    }

    /** Whether {@link #ofWhole} tells the hashes of rows of these columns, where values that do not fit go to sidecars. */
    public static boolean tellsRowsOf(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return struct.columns().stream().allMatch(column -> tellsRowsOf(column.type()));
        }
        return type instanceof ColumnType.Array array
                ? tellsRowsOf(array.element())
                : !(((ColumnType.Leaf) type).type() instanceof DecimalType);
    }
}
