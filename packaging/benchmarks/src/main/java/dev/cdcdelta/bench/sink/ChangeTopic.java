package dev.cdcdelta.bench.sink;

import dev.cdcdelta.bench.workload.DebeziumText;
import dev.cdcdelta.bench.workload.Event;
import dev.cdcdelta.bench.workload.Workload;
import dev.cdcdelta.stack.process.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The topic of a workload. Keys decide on the partition, as they do for Debezium. */
public final class ChangeTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 100;

    private final Workload workload;
    private final DebeziumText text;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public ChangeTopic(String bootstrapServers, Workload workload) {
        this.workload = workload;
        this.text = new DebeziumText(workload);
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "compression.type", "lz4",
                        "linger.ms", "5",
                        // An idempotent producer may lose count of the first batches of a partition that was just
                        // added, and
                        // never gets rid of those behind them. Events that come twice are part of a workload anyway.
                        "enable.idempotence", "false",
                        "max.in.flight.requests.per.connection", "1",
                        // A producer that asks for partitions rarely would not see added ones for minutes.
                        "metadata.max.age.ms", "1000",
                        "max.block.ms", "120000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public String name() {
        return workload.namespace().topic();
    }

    public void create(int partitions) {
        await(
                "created",
                admin.createTopics(List.of(new NewTopic(name(), partitions, (short) 1)))
                        .all());
    }

    public void delete() {
        await("deleted", admin.deleteTopics(List.of(name())).all());
    }

    /**
     * Returns when all partitions take records.
     *
     * @param partitions how many there are afterwards
     */
    public void grow(int partitions) throws InterruptedException {
        await(
                "given more partitions",
                admin.createPartitions(Map.of(name(), NewPartitions.increaseTo(partitions)))
                        .all());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (leaders() < partitions) {
            if (System.nanoTime() > deadline) {
                throw new StackException("The topic " + name() + " has no leaders of " + partitions
                        + " partitions after " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private long leaders() throws InterruptedException {
        try {
            TopicDescription topic =
                    admin.describeTopics(List.of(name())).allTopicNames().get().get(name());
            return topic == null
                    ? 0
                    : topic.partitions().stream()
                            .filter(partition -> partition.leader() != null)
                            .count();
        } catch (ExecutionException e) {
            throw new StackException("Kafka does not tell about the topic " + name() + ": " + e.getCause(), e);
        }
    }

    /** A delete is followed by its tombstone. */
    public void send(Event event) {
        byte[] key = bytes(text.key(event));
        send(null, key, bytes(text.value(event)));
        if (event.isDelete()) {
            send(null, key, null);
        }
    }

    /** To the partition that the event would have gone to while there were only so many. */
    public void sendAmong(int partitions, Event event) {
        byte[] key = bytes(text.key(event));
        int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
        send(partition, key, bytes(text.value(event)));
        if (event.isDelete()) {
            send(partition, key, null);
        }
    }

    /** Returns when all that was sent is in the topic. */
    public void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new StackException("The topic " + name() + " cannot be filled: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private void send(@Nullable Integer partition, byte[] key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(name(), partition, key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void await(String what, KafkaFuture<Void> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new StackException("The topic " + name() + " was not " + what + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the topic " + name() + " was to be " + what, e);
        }
    }
}
