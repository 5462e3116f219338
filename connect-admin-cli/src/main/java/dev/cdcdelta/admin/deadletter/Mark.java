package dev.cdcdelta.admin.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record in the queue itself that says what became of a letter, so that nobody replays it again. It comes after its letter, so the
 * queue's retention does not take it first; a key of its own keeps it where the queue is compacted.
 */
public record Mark(DeadLetter.Place place, Outcome outcome) {
    private static final String HEADER = "cdcdelta.dlq.mark";

    /** What became of a letter. */
    public enum Outcome {
        /** It went back to the topic that it came from. */
        REPLAYED,
        /** The table had a newer change of the document already. */
        SUPERSEDED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    ProducerRecord<byte[], byte[]> in(String queue) {
        byte[] text = (outcome + "|" + place.partition() + "|" + place.offset()).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(queue, place.partition(), text, text);
        mark.headers().add(HEADER, text);
        return mark;
    }

    static Optional<Mark> of(ConsumerRecord<byte[], byte[]> from) {
        Header header = from.headers().lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String[] parts = new String(header.value(), StandardCharsets.UTF_8).split("\\|", -1);
        for (Outcome outcome : Outcome.values()) {
            if (parts.length == 3 && outcome.toString().equals(parts[0])) {
                return Optional.of(new Mark(
                        new DeadLetter.Place(Integer.parseInt(parts[1]), Long.parseLong(parts[2])), outcome));
            }
        }
        return Optional.empty();
    }
}
