package dev.cdcdelta.bench.load;

import dev.cdcdelta.stack.process.StackException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic that is filled by a plan before anybody reads it. */
public final class OrderTopic implements AutoCloseable {
    private final OrderEvents events;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Creates the events' topic. */
    public OrderTopic(String bootstrapServers, OrderEvents events, int partitions) {
        this.events = events;
        String name = events.topic();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new StackException("The topic " + name + " was not created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the topic " + name + " was to be created", e);
        }
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "compression.type", "lz4",
                        "linger.ms", "20",
                        "batch.size", "262144",
                        "buffer.memory", "67108864",
                        "max.block.ms", "120000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public String name() {
        return events.topic();
    }

    /**
     * Returns when all is in the topic.
     *
     * @return how many records that were; a delete is two
     */
    public long fill(ChangePlan plan, long changes) {
        long records = 0;
        for (long i = 0; i < changes; i++) {
            ChangePlan.Change change = plan.next();
            byte[] key = events.key(change.key());
            send(key, events.value(change));
            records++;
            if (change.kind() == ChangePlan.Kind.DELETE) {
                send(key, null);
                records++;
            }
        }
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new StackException("The topic " + name() + " cannot be filled: " + failed.getMessage(), failed);
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(byte[] key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(name(), key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }
}
