package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.admin.rest.ConnectorOffsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.RawBsonDocument;

/** Where Debezium's MongoDB connector stands, by the offsets that Connect keeps for it. */
public final class SourcePosition {
    /** The type byte of a timestamp, with which a token's data begins (mongo/src/mongo/db/pipeline/resume_token.h). */
    private static final String TIMESTAMP = "82";

    private SourcePosition() {}

    /** The oldest of all its places; empty while it has none, as in a first snapshot. */
    public static Optional<Instant> of(List<ConnectorOffsets.Entry> offsets) {
        return offsets.stream()
                .map(ConnectorOffsets.Entry::offset)
                .flatMap(offset -> offset == null ? java.util.stream.Stream.empty() : of(offset).stream())
                .min(Comparator.naturalOrder());
    }

    /** Heartbeats move the token on; the time beside it is that of the last change. */
    private static Optional<Instant> of(Map<String, Object> offset) {
        if (offset.get("resume_token") instanceof String token) {
            Optional<Instant> time = timeOf(token);
            if (time.isPresent()) {
                return time;
            }
        }
        return offset.get("sec") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private static Optional<Instant> timeOf(String token) {
        try {
            String data = new RawBsonDocument(Base64.getDecoder().decode(token)).getString("_data").getValue();
            return data.startsWith(TIMESTAMP) && data.length() >= 10
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(data.substring(2, 10), 16)))
                    : Optional.empty();
        } catch (IllegalArgumentException | BsonInvalidOperationException | BsonSerializationException otherForm) {
            return Optional.empty();
        }
    }
}
