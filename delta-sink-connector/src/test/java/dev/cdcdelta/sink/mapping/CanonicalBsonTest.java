package dev.cdcdelta.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.RandomDocuments;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** The way from BSON's bytes comes to what the way over the decoded document comes to. */
class CanonicalBsonTest {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final RowHash hash = new RowHash(new ColumnType.Struct(List.of()));

    @Test
    void documentsOfAllTypesHaveTheHashOfTheirDecodedForm() {
        long seed = Long.getLong("seed", 20261124);
        System.out.println("seed " + seed);
        RandomDocuments documents = new RandomDocuments(new Random(seed), true);
        for (int i = 0; i < 20_000; i++) {
            requireSame(documents.document(4));
        }
    }

    @Test
    void namesAreInTheOrderOfUtf16() {
        List<String> names =
                List.of("", "a", "aa", "Z", "é", "\uD7FF", "\uE000", "\uFFFF", "\uD83D\uDE00", "\uDBFF\uDFFF");
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            BsonDocument document = new BsonDocument();
            for (int i = 0; i < (round % 2 == 0 ? 6 : 200); i++) {
                String name = names.get(random.nextInt(names.size())) + names.get(random.nextInt(names.size()));
                document.put(name, new BsonInt32(i));
                document.put("n" + random.nextInt(100), new BsonInt32(i));
            }
            requireSame(document);
        }
    }

    @Test
    void rareTypesAndEmptyValuesAreWhatTheyAreDecoded() {
        requireSame(new BsonDocument("p", new BsonDbPointer("shop.orders", new ObjectId(1, 2)))
                .append("s", new BsonJavaScriptWithScope("f()", new BsonDocument("x", new BsonInt64(1))))
                .append("old", new BsonBinary((byte) 2, new byte[] {1, 2, 3}))
                .append("uuid", new BsonBinary((byte) 4, new byte[16]))
                .append("no uuid", new BsonBinary((byte) 4, new byte[3]))
                .append("u", new BsonUndefined())
                .append("e", new BsonDocument("n", BsonNull.VALUE))
                .append("ee", new BsonArray(List.of(BsonNull.VALUE, new BsonArray(), new BsonDocument()))));
    }

    @Test
    void ofFieldsOfOneNameTheLastCounts() {
        byte[] twice = raw(new BsonDocument("a", new BsonInt32(1)).append("b", new BsonInt32(2)))
                .getByteBuffer()
                .array()
                .clone();
        twice[4 + 1] = 'b';
        RawBsonDocument document = new RawBsonDocument(twice);
        assertThat(hash.ofWhole(document)).isEqualTo(hash.ofWhole(new BsonDocument("b", new BsonInt32(2))));
    }

    @Test
    void bytesThatAreNoUtf8AreWhatJavaReads() {
        byte[] broken = raw(new BsonDocument("a", new BsonString("äx")))
                .getByteBuffer()
                .array()
                .clone();
        broken[4 + 3 + 4] = 'y';
        RawBsonDocument document = new RawBsonDocument(broken);
        assertThat(new String(broken, StandardCharsets.UTF_8)).contains("\uFFFD");
        assertThat(hash.ofWhole(document)).isEqualTo(hash.ofWhole(document.decode(CODEC)));
    }

    private void requireSame(BsonDocument document) {
        RawBsonDocument raw = raw(document);
        assertThat(hash.ofWhole(raw)).as("%s", document).isEqualTo(hash.ofWhole(raw.decode(CODEC)));
    }

    private static RawBsonDocument raw(BsonDocument document) {
        RawBsonDocument whole = new RawBsonDocument(document, CODEC);
        // As the driver's: a part of a larger buffer.
        byte[] bytes = new byte[whole.getByteBuffer().remaining() + 7];
        System.arraycopy(whole.getByteBuffer().array(), 0, bytes, 0, bytes.length - 7);
        return new RawBsonDocument(bytes, 0, bytes.length - 7);
    }
}
