package dev.cdcdelta.admin.deadletter;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes events back into their topics, and marks into the queue, in one transaction of Kafka: a replay that is killed has done both or
 * neither. All replays of a queue share a transactional identifier, so of two at once the first one fails.
 */
public final class ReplayTransaction implements AutoCloseable {
    /** As large as a document of 16 MiB may be in text. */
    private static final int MAXIMUM_REQUEST = 128 << 20;

    private static final String REPLAYED = "cdcdelta.dlq.replayed";

    private final String queue;
    private final Producer<byte[], byte[]> producer;

    ReplayTransaction(String queue, Producer<byte[], byte[]> producer) {
        this.queue = queue;
        this.producer = producer;
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    public static ReplayTransaction connect(String bootstrapServers, String queue, Duration timeout) {
        try {
            return new ReplayTransaction(
                    queue,
                    new KafkaProducer<>(
                            Map.of(
                                    "bootstrap.servers", bootstrapServers,
                                    "transactional.id", "cdcdelta-dlq-replay-" + queue,
                                    "max.block.ms", Long.toString(timeout.toMillis()),
                                    "max.request.size", Integer.toString(MAXIMUM_REQUEST)),
                            new ByteArraySerializer(),
                            new ByteArraySerializer()));
        } catch (KafkaException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "Kafka does not take events.",
                    e.toString(),
                    "Check --bootstrap-servers and that the brokers run.",
                    e);
        }
    }

    /** @throws CommandException if it was not done, none of it */
    public void commit(List<ReplayDecision> decisions) {
        try {
            producer.beginTransaction();
            for (ReplayDecision decision : decisions) {
                DeadLetter letter = decision.letter();
                switch (decision.action()) {
                    case REPLAY -> {
                        producer.send(event(letter));
                        producer.send(new Mark(letter.place(), Mark.Outcome.REPLAYED).in(queue));
                    }
                    case SUPERSEDED -> producer.send(new Mark(letter.place(), Mark.Outcome.SUPERSEDED).in(queue));
                    case REFUSED -> throw new IllegalStateException("a refused letter stays where it is");
                }
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    /** By the key, as the source's own producer places it: the partition count may have changed since. */
    private ProducerRecord<byte[], byte[]> event(DeadLetter letter) {
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(
                letter.origin().topic(), letter.letter().key(), letter.letter().value());
        letter.letter().headers().forEach(header -> {
            if (!header.key().startsWith(DeadLetter.HEADERS)) {
                event.headers().add(header);
            }
        });
        event.headers().add(REPLAYED, (queue + "|" + letter.place()).getBytes(StandardCharsets.UTF_8));
        return event;
    }

    private CommandException failed(KafkaException e) {
        boolean fenced = e instanceof ProducerFencedException;
        return new CommandException(
                ExitCode.UNREACHABLE,
                "The replay of " + queue + " has ended early; what was not marked was not written.",
                fenced ? "Another replay of the same queue has begun." : e.toString(),
                fenced
                        ? "Let that one end; then run the command again."
                        : "Check that the brokers run, that the topics exist, and that you may write to them and use the"
                                + " transactional id cdcdelta-dlq-replay-" + queue + "; then run the command again.",
                e);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
