package dev.cdcdelta.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMapperTest {
    private final SchemaPlanner planner =
            new SchemaPlanner(SchemaGrowth.WIDEN, ConflictPolicy.SIDECAR, TableKind.DOCUMENTS);

    @Test
    void valuesTakeTheFormsOfTheirColumns() {
        Schema schema = document()
                .field("at", Timestamp.builder().optional().build())
                .field("bytes", Schema.OPTIONAL_BYTES_SCHEMA)
                .field(
                        "price",
                        Decimal.builder(2)
                                .parameter("connect.decimal.precision", "10")
                                .optional()
                                .build())
                .field(
                        "tags",
                        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                                .optional()
                                .build())
                .field(
                        "map",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                                .optional()
                                .build())
                .build();
        Struct document = new Struct(schema)
                .put("_id", "a")
                .put("at", Date.from(Instant.ofEpochMilli(1_700_000_000_123L)))
                .put("bytes", ByteBuffer.wrap(new byte[] {1, 2}))
                .put("price", new BigDecimal("1.50"))
                .put("tags", Arrays.asList("x", null))
                .put("map", Map.of("k", 1));
        ColumnType.Struct table = table(schema);
        Object[] row = map(table, document, ConflictPolicy.SIDECAR);
        assertThat(at(table, row, "at")).isEqualTo(1_700_000_000_123_000L);
        assertThat(at(table, row, "bytes")).isEqualTo(new byte[] {1, 2});
        assertThat(at(table, row, "price")).isEqualTo(new BigDecimal("1.50"));
        assertThat(at(table, row, "tags")).isEqualTo(Arrays.asList("x", null));
        assertThat(at(table, row, "map")).isEqualTo("{\"k\":{\"$numberInt\":\"1\"}}");
        assertThat(at(table, row, "_cdc_ts")).isEqualTo(5000L);
        assertThat(at(table, row, "_cdc_op")).isEqualTo("c");
        assertThat((byte[]) at(table, row, "_cdc_hash")).hasSize(16);
    }

    @Test
    void aRowKeepsItsHashWhenItsTableGrows() {
        Schema narrow = document().field("n", Schema.OPTIONAL_INT32_SCHEMA).build();
        Schema wide = document()
                .field("x", Schema.OPTIONAL_STRING_SCHEMA)
                .field("n", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        ColumnType.Struct before = table(narrow);
        ColumnType.Struct after = planner.grow(before, ConnectSchemas.toStructType(wide), true);
        Struct document = new Struct(narrow).put("_id", "a").put("n", 1);
        assertThat(at(after, map(after, document, ConflictPolicy.SIDECAR), "_cdc_hash"))
                .isEqualTo(at(before, map(before, document, ConflictPolicy.SIDECAR), "_cdc_hash"));
    }

    @Test
    void anArrayWithOneUnfitElementIsPutAsideWhole() {
        Schema numbers = document()
                .field(
                        "list",
                        SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA)
                                .optional()
                                .build())
                .build();
        Schema texts = document()
                .field(
                        "list",
                        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                                .optional()
                                .build())
                .build();
        ColumnType.Struct table = planner.grow(table(numbers), ConnectSchemas.toStructType(texts), true);
        Object[] row = map(table, new Struct(texts).put("_id", "a").put("list", List.of("x")), ConflictPolicy.SIDECAR);
        assertThat(at(table, row, "list")).isNull();
        assertThat(at(table, row, "list__json")).isEqualTo("[\"x\"]");
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void aDateOutsideTheCalendarDoesNotFit() {
        Schema schema =
                document().field("at", Timestamp.builder().optional().build()).build();
        ColumnType.Struct table = table(schema);
        Struct document = new Struct(schema).put("_id", "a").put("at", new Date(Long.MAX_VALUE / 2000));
        assertThatThrownBy(() -> map(table, document, ConflictPolicy.SIDECAR))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'at'");
    }

    @Test
    void whatAnEarlierStagePutAsideIsRefusedUnderTheFailPolicy() {
        Schema schema = document()
                .field("n", Schema.OPTIONAL_INT32_SCHEMA)
                .field(
                        "n__json",
                        SchemaBuilder.string()
                                .name("dev.cdcdelta.bson.Json")
                                .optional()
                                .build())
                .build();
        ColumnType.Struct table = table(schema);
        Struct fitting = new Struct(schema).put("_id", "a").put("n", 1);
        Struct aside = new Struct(schema).put("_id", "a").put("n__json", "\"x\"");
        assertThat(at(table, map(table, fitting, ConflictPolicy.DLQ), "n")).isEqualTo(1);
        assertThat(at(table, map(table, aside, ConflictPolicy.SIDECAR), "n__json"))
                .isEqualTo("\"x\"");
        assertThatThrownBy(() -> map(table, aside, ConflictPolicy.DLQ)).isInstanceOf(DataException.class);
    }

    private static SchemaBuilder document() {
        return SchemaBuilder.struct().field("_id", Schema.STRING_SCHEMA);
    }

    private ColumnType.Struct table(Schema schema) {
        return planner.create(ConnectSchemas.toStructType(schema));
    }

    private static Object[] map(ColumnType.Struct table, Struct document, ConflictPolicy conflicts) {
        return new RowMapper(document.schema(), table, conflicts)
                .row(document, new SourceVersion(5, 1), Operation.CREATE);
    }

    private static @Nullable Object at(ColumnType.Struct table, Object[] row, String column) {
        return row[CdcColumns.indexOf(table, column)];
    }
}
