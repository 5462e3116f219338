package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.batch.PartitionBatch;
import dev.cdcdelta.sink.batch.TableBatch;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Change;
import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.change.DirectRows;
import dev.cdcdelta.sink.change.DocumentPolicy;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.RandomRules;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Documents that are read straight into rows become the rows that they would be by way of Structs: values, hashes, columns and refusals,
 * under rules of all kinds, from envelopes of all kinds, sound ones and others, and while tables change under way.
 */
class DirectRowsTest {
    private static final int RECORDS = 300;
    private static final int RECORDS_A_BATCH = 40;
    private static final TopicPartition OTHER = new TopicPartition("mongo.shop.others", 0);

    private static final Schema SOURCE = SchemaBuilder.struct()
            .optional()
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ord", Schema.OPTIONAL_INT32_SCHEMA)
            .field("db", Schema.OPTIONAL_STRING_SCHEMA)
            .field("collection", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .field("before", Schema.OPTIONAL_STRING_SCHEMA)
            .field("after", Schema.OPTIONAL_STRING_SCHEMA)
            .field("source", SOURCE)
            .field("op", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final JsonConverter keys = new JsonConverter();
    private final JsonConverter values = new JsonConverter();

    @BeforeEach
    void configure() {
        keys.configure(Map.of("schemas.enable", false), true);
        values.configure(Map.of("schemas.enable", false), false);
    }

    @AfterEach
    void close() {
        keys.close();
        values.close();
    }

    @Test
    void areThoseOfStructs() {
        run(1, 60);
    }

    @Test
    @Tag("slow")
    void areThoseOfStructsInALongCampaign() {
        run(10_000, 5_000);
    }

    private void run(long firstSeed, int tables) {
        Totals totals = new Totals();
        for (long seed : Seeds.from(firstSeed, tables).toArray()) {
            try {
                compare(new Random(seed * 0x9e37_79b9_7f4a_7c15L), totals);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("Table of -Dseed=" + seed + ": " + failed.getMessage(), failed);
            }
        }
        System.out.println("direct rows: seeds from " + firstSeed + ", " + totals);
        if (!Seeds.areRepeated()) {
            assertThat(totals.direct).isGreaterThan(totals.records / 8);
            assertThat(totals.structs).isGreaterThan(totals.records / 20);
            assertThat(totals.refused).isGreaterThan(totals.records / 20);
        }
    }

    private static final class Totals {
        private int records;
        private int direct;
        private int structs;
        private int refused;

        @Override
        public String toString() {
            return records + " records: " + direct + " read directly, " + structs + " by way of Structs, " + refused
                    + " refused";
        }
    }

    private void compare(Random random, Totals totals) {
        SchemaRules rules = rules(random);
        TableKind kind = TableKind.values()[random.nextInt(TableKind.values().length)];
        SchemaGrowth growth = random.nextInt(3) > 0
                ? SchemaGrowth.WIDEN
                : SchemaGrowth.values()[random.nextInt(SchemaGrowth.values().length)];
        SchemaPlanner planner = new SchemaPlanner(growth, rules, kind, false);
        try (Way direct = new Way(planner, rules, true);
                Way byStruct = new Way(planner, rules, false)) {
            MutatedEvents events = new MutatedEvents(random);
            boolean hasTwoTopics = random.nextInt(4) == 0;
            boolean mayWiden = random.nextInt(4) > 0;
            for (int offset = 0; offset < RECORDS; offset++) {
                SinkRecord record =
                        read(events.next(), hasTwoTopics && random.nextBoolean() ? OTHER : P0, offset, random);
                if (record == null) {
                    continue;
                }
                totals.records++;
                String outcome = direct.take(record, totals);
                assertThat(outcome).isEqualTo(byStruct.take(record, new Totals()));
                assertThat(direct.rows.columns()).isEqualTo(byStruct.rows.columns());
                if (random.nextInt(RECORDS_A_BATCH) == 0) {
                    assertThat(direct.settled()).isEqualTo(byStruct.settled());
                    ColumnType.Struct table = grown(planner, direct.rows, random, mayWiden);
                    direct.start(table, mayWiden);
                    byStruct.start(table, mayWiden);
                }
            }
            assertThat(direct.settled()).isEqualTo(byStruct.settled());
        }
    }

    private static SchemaRules rules(Random random) {
        if (random.nextInt(6) > 0) {
            return RandomRules.of(random, random.nextInt(3) == 0 ? 12 : 1_000);
        }
        ConflictPolicy[] policies = ConflictPolicy.values();
        return SchemaRules.of(policies[random.nextInt(policies.length)]);
    }

    /** What the table has by the next batch: the batch's columns, at times wider, by another writer; null while it has none. */
    private static ColumnType.@Nullable Struct grown(
            SchemaPlanner planner, TableRows rows, Random random, boolean mayWiden) {
        ColumnType.Struct columns = rows.columns().orElse(null);
        if (columns == null || random.nextInt(3) > 0) {
            return columns;
        }
        BsonDocument document = new BsonDocument("_id", new BsonInt32(1));
        document.putAll(new RandomDocuments(random).document(2));
        try {
            return planner.grow(
                    columns, TypeInference.ofDocument(document, SchemaRules.of(ConflictPolicy.SIDECAR)), mayWiden);
        } catch (ConnectException refused) {
            return columns;
        }
    }

    /** One of the two ways of records into a table. */
    private static final class Way implements AutoCloseable {
        private final SchemaPlanner planner;
        private final SchemaRules rules;
        private final boolean isDirect;
        private final ChangeReader reader;
        private TableRows rows;
        private TableBatch batch;

        Way(SchemaPlanner planner, SchemaRules rules, boolean isDirect) {
            this.planner = planner;
            this.rules = rules;
            this.isDirect = isDirect;
            this.rows = new TableRows(planner, rules);
            this.batch = new TableBatch(rows);
            this.reader = new ChangeReader(rules, new DocumentPolicy(false, false), topic -> type());
        }

        private StructType type() {
            return rows.columns().map(DocumentColumns::typeOf).orElseGet(() -> new StructType(List.of()));
        }

        void start(ColumnType.@Nullable Struct table, boolean mayWiden) {
            rows = new TableRows(planner, rules);
            if (table != null) {
                rows.rebase(table, mayWiden);
            }
            batch = new TableBatch(rows);
        }

        /** What becomes of the record, as the task's intake does it. */
        String take(SinkRecord record, Totals totals) {
            Change change;
            try {
                change = reader.read(record, isDirect ? rows : DirectRows.NONE).orElse(null);
            } catch (ConnectException refused) {
                totals.refused++;
                return refused.toString();
            }
            if (change == null) {
                return "nothing";
            }
            try {
                batch.add(new TopicPartition(record.topic(), 0), record.kafkaOffset(), change);
            } catch (ConnectException refused) {
                totals.refused++;
                reader.forgetDocuments(record.topic());
                return refused.toString();
            }
            if (change instanceof Change.Row) {
                totals.direct++;
            } else if (change instanceof Change.Upsert) {
                totals.structs++;
            }
            return change.key() + " " + change.version() + " " + change.operation() + " of " + batch.bytes() + " bytes";
        }

        /** The batch as a commit would find it. */
        List<String> settled() {
            List<String> settled = new ArrayList<>();
            try {
                settled.add(batch.settleColumns().toString());
                for (PartitionBatch partition : batch.partitions()) {
                    for (BufferedChange change : partition.changes()) {
                        settled.add(change.key() + " " + text(change.isDelete() ? null : batch.row(change)));
                    }
                }
            } catch (DataException misfit) {
                settled.add(misfit.toString());
            }
            return settled;
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** The value with its Java class, part by part. */
    private static String text(@Nullable Object value) {
        if (value instanceof Object[] row) {
            StringJoiner parts = new StringJoiner(",", "(", ")");
            for (Object part : row) {
                parts.add(text(part));
            }
            return parts.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner parts = new StringJoiner(",", "[", "]");
            list.forEach(part -> parts.add(text(part)));
            return parts.toString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    /** As one of the converters hands it on; null if it refuses the bytes. */
    private @Nullable SinkRecord read(MutatedEvents.Event event, TopicPartition partition, int offset, Random random) {
        try {
            Object key = keys.toConnectData(partition.topic(), event.key()).value();
            Object value = event.value();
            Schema schema = null;
            if (random.nextInt(3) > 0) {
                value = values.toConnectData(partition.topic(), event.value()).value();
                Struct struct = random.nextBoolean() ? struct(value) : null;
                value = struct == null ? value : struct;
                schema = struct == null ? null : ENVELOPE;
            }
            return new SinkRecord(
                    partition.topic(), 0, null, key, schema, value, offset, 0L, TimestampType.CREATE_TIME);
        } catch (DataException refused) {
            return null;
        }
    }

    /** The envelope with its schema; null if it is none of that schema. */
    private static @Nullable Struct struct(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map && map.get("source") instanceof Map<?, ?> source)) {
            return null;
        }
        try {
            Struct inner = new Struct(SOURCE)
                    .put("ts_ms", source.get("ts_ms"))
                    .put("ord", source.get("ord") instanceof Long ordinal ? (Object) ordinal.intValue() : null)
                    .put("db", source.get("db"))
                    .put("collection", source.get("collection"));
            return new Struct(ENVELOPE)
                    .put("before", map.get("before"))
                    .put("after", map.get("after"))
                    .put("source", inner)
                    .put("op", map.get("op"));
        } catch (DataException otherTypes) {
            return null;
        }
    }
}
