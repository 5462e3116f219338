package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.List;

/** What the server says about itself: the primary and only member of a replica set, MongoDB 6.0. */
record Topology(String setName, String address) {
    private static final int MAX_WIRE_VERSION = 17;
    private static final int SIGNATURE_BYTES = 20;

    /** Without a session timeout, so that drivers use neither sessions nor retryable writes. */
    Document hello(Instant now) {
        return new Document("helloOk", true)
                .append("isWritablePrimary", true)
                .append("ismaster", true)
                .append("secondary", false)
                .append("setName", setName)
                .append("setVersion", 1)
                .append("hosts", List.of(address))
                .append("primary", address)
                .append("me", address)
                .append("maxBsonObjectSize", 16 * 1024 * 1024)
                .append("maxMessageSizeBytes", 48_000_000)
                .append("maxWriteBatchSize", 1_000)
                .append("localTime", now)
                .append("minWireVersion", 0)
                .append("maxWireVersion", MAX_WIRE_VERSION)
                .append("readOnly", false)
                .append("ok", 1.0);
    }

    Document buildInfo() {
        return new Document("version", "6.0.0")
                .append("versionArray", List.of(6, 0, 0, 0))
                .append("maxBsonObjectSize", 16 * 1024 * 1024)
                .append("ok", 1.0);
    }

    Document status(Instant now) {
        return new Document("set", setName)
                .append("date", now)
                .append("myState", 1)
                .append(
                        "members",
                        List.of(new Document("_id", 0)
                                .append("name", address)
                                .append("health", 1.0)
                                .append("state", 1)
                                .append("stateStr", "PRIMARY")
                                .append("self", true)))
                .append("ok", 1.0);
    }

    /** Adds what every member of a replica set adds to its replies. */
    static Document stamped(Document reply, long clusterTime) {
        BsonTimestamp timestamp = new BsonTimestamp(clusterTime);
        Document signature = new Document("hash", new BinData(new byte[SIGNATURE_BYTES])).append("keyId", 0L);
        reply.put("operationTime", timestamp);
        reply.put("$clusterTime", new Document("clusterTime", timestamp).append("signature", signature));
        return reply;
    }
}
