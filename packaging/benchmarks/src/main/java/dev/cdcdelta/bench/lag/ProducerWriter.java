package dev.cdcdelta.bench.lag;

import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.OrderEvents;
import dev.cdcdelta.stack.process.StackException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes change events to the topic itself, in the place of MongoDB and Debezium. */
final class ProducerWriter implements Writer {
    private final OrderEvents events;
    private final Writes writes;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    ProducerWriter(String bootstrapServers, OrderEvents events, Writes writes) {
        this.events = events;
        this.writes = writes;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "compression.type", "lz4", "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void write(int from, int to) {
        for (int document = from; document < to; document++) {
            int number = document;
            ChangePlan.Change insert = new ChangePlan.Change(document, ChangePlan.Kind.INSERT, document);
            ProducerRecord<byte[], byte[]> event =
                    new ProducerRecord<>(events.topic(), events.key(document), events.value(insert));
            writes.written(document, System.nanoTime());
            producer.send(event, (metadata, exception) -> {
                if (exception == null) {
                    writes.located(number, metadata.partition(), metadata.offset());
                } else {
                    failure.compareAndSet(null, exception);
                }
            });
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new StackException(
                    "The topic " + events.topic() + " does not take events: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
