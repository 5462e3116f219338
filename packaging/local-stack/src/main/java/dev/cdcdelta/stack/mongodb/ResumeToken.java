package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** The position after one cluster time. The text begins as MongoDB's own does, because Debezium reads the time from it. */
record ResumeToken(long timestamp) {
    private static final String PREFIX = "82";
    private static final String SUFFIX = "2B0229296E04";
    private static final int TIMESTAMP_DIGITS = 16;

    static ResumeToken parse(Document token) {
        String data = String.valueOf(token.get("_data"));
        if (!data.startsWith(PREFIX) || data.length() < PREFIX.length() + TIMESTAMP_DIGITS) {
            throw new MongoServerError(260, "InvalidResumeToken", "Resume token is not one of this server: " + data);
        }
        try {
            String digits = data.substring(PREFIX.length(), PREFIX.length() + TIMESTAMP_DIGITS);
            return new ResumeToken(Long.parseUnsignedLong(digits, 16));
        } catch (NumberFormatException e) {
            throw new MongoServerError(260, "InvalidResumeToken", "Resume token is not one of this server: " + data, e);
        }
    }

    Document toDocument() {
        return new Document("_data", String.format("%s%016X%s", PREFIX, timestamp, SUFFIX));
    }
}
