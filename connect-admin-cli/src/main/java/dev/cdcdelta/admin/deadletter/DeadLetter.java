package dev.cdcdelta.admin.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record that a sink refused, as Connect keeps it: key, value and headers as they were read, and headers that say why
 * (KIP-298).
 *
 * @param place where it lies in the queue
 * @param time when it was put there
 * @param origin where it was read from
 */
public record DeadLetter(Place place, Instant time, Origin origin, Reason reason, ConsumerRecord<byte[], byte[]> letter) {
    static final String HEADERS = "__connect.errors.";

    /** A place in the queue. */
    public record Place(int partition, long offset) {
        @Override
        public String toString() {
            return partition + ":" + offset;
        }
    }

    /** A place in the topic that the sink reads. */
    public record Origin(String topic, int partition, long offset) {}

    /**
     * Who refused it, and why.
     *
     * @param stage of Connect's pipeline, such as {@code VALUE_CONVERTER} or {@code TASK_PUT}
     * @param exception its class
     * @param message the whole of it; it may quote the document
     */
    public record Reason(String connector, String task, String stage, String exception, String message) {
        private static final String SINKS_PREFIX = " cannot be written: ";

        /** What letters of one kind have in common: the message without the place that the sink names first, and without numbers. */
        public String kind() {
            int prefix = message.indexOf(SINKS_PREFIX);
            String own = prefix < 0 ? message : message.substring(prefix + SINKS_PREFIX.length());
            String line = own.lines().findFirst().orElse("");
            String kind = line.replaceAll("\\d+", "#").replaceAll("'[^']*'", "'…'");
            return (kind.isEmpty() ? simpleName() : kind).strip();
        }

        private String simpleName() {
            return exception.substring(exception.lastIndexOf('.') + 1);
        }
    }

    /** Empty for a record without Connect's headers: a mark, or something foreign. */
    static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        String topic = text(headers, "topic");
        String partition = text(headers, "partition");
        String offset = text(headers, "offset");
        if (topic.isEmpty() || !partition.matches("\\d{1,9}") || !offset.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new DeadLetter(
                new Place(letter.partition(), letter.offset()),
                Instant.ofEpochMilli(letter.timestamp()),
                new Origin(topic, Integer.parseInt(partition), Long.parseLong(offset)),
                new Reason(
                        text(headers, "connector.name"),
                        text(headers, "task.id"),
                        text(headers, "stage"),
                        text(headers, "exception.class.name"),
                        text(headers, "exception.message")),
                letter));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(HEADERS + name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
