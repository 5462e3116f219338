package dev.cdcdelta.bench.limits;

import dev.cdcdelta.bench.load.Meter;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Measures, one after the other on one thread of this JVM, what nobody who brings a topic into Parquet files gets around. */
public final class Limits {
    /** Distinct rows that the writer gets, again and again: more than a dictionary of Parquet holds. */
    private static final int DISTINCT_ROWS = 50_000;

    private static final Duration POLL = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final Collection<Long> processes;
    private final Consumer<String> progress;

    /** @param processes that belong to the run, besides this one */
    public Limits(String bootstrapServers, Collection<Long> processes, Consumer<String> progress) {
        this.bootstrapServers = bootstrapServers;
        this.processes = List.copyOf(processes);
        this.progress = progress;
    }

    /**
     * @param drain the topic consumed as bytes
     * @param parse consumed, envelope and document parsed
     * @param parquet as many rows written from memory
     */
    public record Figures(long records, Meter.Reading drain, Meter.Reading parse, Meter.Reading parquet) {
        /** Of parsing and writing, in seconds of processors for a million records. */
        public double floorPerMillion() {
            return (parse.processorSeconds() + parquet.processorSeconds()) * 1e6 / records;
        }
    }

    /** @param topic whose records, deletes and tombstones not among them, are what is measured */
    public Figures run(String topic, Path directory) throws IOException {
        // Each once to warm up the JVM, then what counts.
        EnvelopeScan scan = new EnvelopeScan();
        consume(topic, scan::scan);
        Meter.Reading drain = measured("consumer", topic, value -> value.length);
        Meter.Reading parse = measured("consumer and parser", topic, scan::scan);
        @Nullable Object[][] rows = rows(topic);
        long records = consume(topic, value -> 1);
        Path file = directory.resolve("bare.parquet");
        BareParquet.write(file, rows, Math.min(records, DISTINCT_ROWS));
        Meter meter = meter();
        BareParquet.write(file, rows, records);
        Meter.Reading parquet = meter.read();
        tell("Parquet writer", records, parquet);
        return new Figures(records, drain, parse, parquet);
    }

    private interface Step {
        long take(byte[] value) throws IOException;
    }

    private Meter.Reading measured(String name, String topic, Step step) throws IOException {
        Meter meter = meter();
        long records = consume(topic, step);
        Meter.Reading reading = meter.read();
        tell(name, records, reading);
        return reading;
    }

    private Meter meter() {
        return new Meter(ProcessHandle.current().pid(), processes);
    }

    private void tell(String name, long records, Meter.Reading reading) {
        progress.accept(String.format(
                "%s: %.0f records/s, %.1f s of processors per million",
                name, records / reading.seconds(), reading.processorSeconds() * 1e6 / records));
    }

    private @Nullable Object[][] rows(String topic) throws IOException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        consume(topic, value -> {
            if (rows.size() < DISTINCT_ROWS) {
                rows.add(OrderRows.of(value));
            }
            return 1;
        });
        return rows.toArray(new Object[0][]);
    }

    /** Reads the whole topic. */
    private long consume(String topic, Step step) throws IOException {
        long count = 0;
        long seen = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end(ends, partition))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    if (each.value() != null) {
                        seen += step.take(each.value());
                        count++;
                    }
                }
            }
        }
        if (count == 0 || seen == 0) {
            throw new StackException("The topic " + topic + " holds nothing to measure with.");
        }
        return count;
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        Long end = ends.get(partition);
        if (end == null) {
            throw new StackException("Kafka does not tell where " + partition + " ends.");
        }
        return end;
    }
}
