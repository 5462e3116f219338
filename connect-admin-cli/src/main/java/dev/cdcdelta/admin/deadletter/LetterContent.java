package dev.cdcdelta.admin.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.admin.topic.JsonPayload;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.smt.ChangeHeaders;
import dev.cdcdelta.smt.key.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** What a letter tells of the change that it holds: of which document, and when. */
final class LetterContent {
    private LetterContent() {}

    /** The document's key, from Debezium's {@code {"id": …}}; empty for a key of another form. */
    static Optional<DocumentKey> key(ConsumerRecord<byte[], byte[]> letter) {
        JsonNode id = json(letter.key()).map(key -> key.get("id")).orElse(null);
        try {
            return id != null && id.isTextual()
                    ? Optional.of(DocumentKey.ofExtendedJson(id.textValue()))
                    : Optional.empty();
        } catch (DataException broken) {
            return Optional.empty();
        }
    }

    /** When the source made the change: as the transform's headers say, else the envelope. */
    static SourceVersion version(ConsumerRecord<byte[], byte[]> letter) {
        Long time = number(letter, ChangeHeaders.SOURCE_TIME);
        if (time != null) {
            Long ordinal = number(letter, ChangeHeaders.SOURCE_ORDINAL);
            return new SourceVersion(time, ordinal == null ? 0 : ordinal.intValue());
        }
        JsonNode source = json(letter.value()).map(value -> value.get("source")).orElse(null);
        return source != null && source.path("ts_ms").isIntegralNumber()
                ? new SourceVersion(source.path("ts_ms").longValue(), source.path("ord").asInt(0))
                : SourceVersion.UNKNOWN;
    }

    private static @Nullable Long number(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        JsonNode number = json(header.value()).orElse(null);
        return number != null && number.isIntegralNumber() ? (Long) number.longValue() : null;
    }

    private static Optional<JsonNode> json(byte @Nullable [] bytes) {
        try {
            return bytes == null ? Optional.empty() : Optional.ofNullable(JsonPayload.of(bytes));
        } catch (JsonProcessingException otherForm) {
            return Optional.empty();
        }
    }

    /** Text of a key or value for people; base64 where it is no UTF-8. */
    static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(null)";
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : java.util.Base64.getEncoder().encodeToString(bytes);
    }
}
