package dev.cdcdelta.bench.readers;

import dev.cdcdelta.bench.growth.BareContext;
import dev.cdcdelta.sink.DeltaSinkTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A shop's changes through a sink task, one commit a round. */
final class ShopSink {
    private static final TopicPartition PARTITION = new TopicPartition("shop.shop.orders", 0);

    private final Path warehouse;
    private long offset;

    ShopSink(Path warehouse) {
        this.warehouse = warehouse;
    }

    /** Gives the directory of the table. */
    Path write(String table, Shop shop, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "name",
                "readers-" + table,
                "topics",
                PARTITION.topic(),
                "warehouse",
                "file://" + warehouse,
                "state.dir",
                warehouse.resolveSibling("state").toString(),
                "table.name",
                table,
                "commit.interval.ms",
                "100",
                "table.properties.delta.checkpointInterval",
                "4"));
        all.putAll(settings);
        DeltaSinkTask task = new DeltaSinkTask();
        BareContext context = new BareContext(all, PARTITION);
        task.initialize(context);
        task.start(all);
        task.open(List.of(PARTITION));
        offset = 0;
        for (List<Shop.Change> round : shop.rounds) {
            List<SinkRecord> records = new ArrayList<>();
            round.forEach(change -> records.add(record(change)));
            task.put(records);
            awaitDurable(task);
        }
        task.close(List.of(PARTITION));
        task.stop();
        return warehouse.resolve(table);
    }

    private void awaitDurable(DeltaSinkTask task) {
        Map<TopicPartition, OffsetAndMetadata> position = Map.of(PARTITION, new OffsetAndMetadata(offset));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    task.put(List.of());
                    OffsetAndMetadata durable = task.preCommit(position).get(PARTITION);
                    return durable != null && durable.offset() == offset;
                });
    }

    /** As the JSON converter without schemas gives Debezium's key and envelope. */
    private SinkRecord record(Shop.Change change) {
        long at = offset++;
        long time = 1_700_000_000_000L + at / 1_000 * 1_000;
        Map<String, @Nullable Object> source = new HashMap<>(Map.of(
                "connector", "mongodb", "db", "shop", "collection", "orders", "ts_ms", time, "ord", at % 1_000 + 1));
        Map<String, @Nullable Object> value = new HashMap<>();
        value.put("op", change.n() == 0 ? "d" : "u");
        value.put("after", change.n() == 0 ? null : Shop.document(change.id(), change.n()));
        value.put("source", source);
        return new SinkRecord(
                PARTITION.topic(),
                PARTITION.partition(),
                null,
                Map.of("id", Integer.toString(change.id())),
                null,
                value,
                at,
                time,
                TimestampType.CREATE_TIME);
    }
}
