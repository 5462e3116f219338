package dev.cdcdelta.reconcile.source;

import dev.cdcdelta.smt.key.DocumentKey;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** A document as MongoDB sent it; decoded only as far as somebody asks. */
public record SourceDocument(RawBsonDocument raw) {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    /** Its {@code _id}, without the bytes of the document. */
    public BsonValue id() {
        BsonValue id = raw.get("_id");
        if (id == null) {
            throw new IllegalStateException("a document without _id");
        }
        return id instanceof RawBsonDocument inner ? inner.decode(CODEC) : id;
    }

    public DocumentKey key() {
        return DocumentKey.of(id());
    }

    public BsonDocument document() {
        return raw.decode(CODEC);
    }

    /** Of BSON. */
    public int bytes() {
        return raw.getByteBuffer().remaining();
    }
}
