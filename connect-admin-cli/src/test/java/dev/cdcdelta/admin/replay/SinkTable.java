package dev.cdcdelta.admin.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.DeltaSinkTask;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StoredRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** A table that a real sink task fills. */
public final class SinkTable implements AutoCloseable {
    private static final TopicPartition PARTITION = new TopicPartition("mongo.shop.orders", 0);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final DeltaTables tables = new DeltaTables(Map.of());
    private final Path warehouse;
    private final Map<String, String> properties = new HashMap<>();

    public SinkTable(Path warehouse) {
        this.warehouse = warehouse;
        properties.putAll(Map.of(
                "name",
                "sink",
                "topics",
                PARTITION.topic(),
                "warehouse",
                "file://" + warehouse,
                "state.dir",
                warehouse.resolve("_state").toString(),
                "commit.interval.ms",
                "100",
                "document.text",
                "true"));
    }

    public SinkTable with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    public DeltaTable table() {
        return tables.open("file://" + warehouse + "/shop/orders").orElseThrow();
    }

    /** Has the sink read the events, all in one flush, until they are in the table. */
    public SinkTable fill(List<Map<String, Object>> keys, List<Map<String, Object>> values) {
        return fill(keys, values, 0);
    }

    /** @param from the first offset that the sink is given, where its table has some already: the last of those */
    public SinkTable fill(List<Map<String, Object>> keys, List<Map<String, Object>> values, int from) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = from; i < values.size(); i++) {
            records.add(new SinkRecord(PARTITION.topic(), 0, null, keys.get(i), null, values.get(i), i));
        }
        DeltaSinkTask task = new DeltaSinkTask();
        task.initialize(new Context(properties));
        task.start(properties);
        task.open(Set.of(PARTITION));
        task.put(records);
        Instant deadline = Instant.now().plus(LONGEST);
        Map<TopicPartition, OffsetAndMetadata> read = Map.of(PARTITION, new OffsetAndMetadata(values.size()));
        while (!read.equals(task.preCommit(read))) {
            assertThat(Instant.now())
                    .as("the time until the events are in the table")
                    .isBefore(deadline);
            task.put(List.of());
            Thread.onSpinWait();
        }
        task.close(Set.of(PARTITION));
        task.stop();
        return this;
    }

    /** All rows with all columns, {@code name=value}, in no order. */
    public List<String> rows() {
        DeltaTable table = table();
        List<Column> columns = table.snapshot().columns().columns();
        List<String> rows = new ArrayList<>();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored =
                    table.read(file, columns.stream().map(Column::name).toList())) {
                while (stored.hasNext()) {
                    Object[] row = stored.next().values();
                    List<String> fields = new ArrayList<>();
                    for (int i = 0; i < row.length; i++) {
                        fields.add(columns.get(i).name() + "=" + Arrays.deepToString(new Object[] {row[i]}));
                    }
                    fields.sort(null);
                    rows.add(fields.toString());
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        tables.close();
    }

    /** What Connect gives a task that nothing goes wrong for. */
    private record Context(Map<String, String> configs) implements SinkTaskContext {
        @Override
        public void offset(Map<TopicPartition, Long> offsets) {}

        @Override
        public void offset(TopicPartition partition, long offset) {}

        @Override
        public void timeout(long timeoutMs) {}

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(PARTITION);
        }

        @Override
        public void pause(TopicPartition... partitions) {}

        @Override
        public void resume(TopicPartition... partitions) {}

        @Override
        public void requestCommit() {}

        @Override
        public @Nullable ErrantRecordReporter errantRecordReporter() {
            return null;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("nobody asks for metrics");
        }
    }
}
