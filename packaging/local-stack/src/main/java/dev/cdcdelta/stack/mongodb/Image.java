package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A document as it was at one moment, as BSON: a tenth of the memory of the library's documents, and nobody changes it. */
final class Image {
    private final byte[] bson;

    private Image(byte[] bson) {
        this.bson = bson;
    }

    static Image of(Document document) {
        ByteBuf buffer = Unpooled.buffer();
        try {
            BsonEncoder.encodeDocument(document, buffer);
            byte[] bson = new byte[buffer.readableBytes()];
            buffer.readBytes(bson);
            return new Image(bson);
        } finally {
            buffer.release();
        }
    }

    /** A copy for the caller. */
    Document document() {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
    }

    int size() {
        return bson.length;
    }
}
