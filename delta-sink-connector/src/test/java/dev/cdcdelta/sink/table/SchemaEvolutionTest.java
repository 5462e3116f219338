package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.column;
import static dev.cdcdelta.sink.table.Tables.plain;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.rows;
import static dev.cdcdelta.sink.table.Tables.struct;
import static dev.cdcdelta.sink.table.Tables.write;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaEvolutionTest {
    @TempDir
    Path directory;

    private final DeltaTables tables = new DeltaTables(Map.of());

    @AfterEach
    void close() {
        tables.close();
    }

    private DeltaTable create(ColumnType.Struct columns, Map<String, String> properties) {
        return tables.create("file://" + directory + "/t", columns, properties);
    }

    private DeltaTable reopened() {
        return tables.open("file://" + directory + "/t").orElseThrow();
    }

    private static ColumnType array(ColumnType element) {
        return new ColumnType.Array(element);
    }

    private static ColumnType leaf(ScalarType type) {
        return new ColumnType.Leaf(type);
    }

    @Test
    void newColumnsAndWiderOnesArriveInTheCommitOfTheirFirstRows() throws LostRaceException {
        ColumnType.Struct before = struct(
                column("_id", ScalarType.INT32),
                column("amount", ScalarType.INT32),
                column("price", ScalarType.FLOAT),
                column("nested", struct(column("n", ScalarType.INT32))),
                column("list", array(leaf(ScalarType.INT32))),
                column("structs", array(struct(column("x", ScalarType.INT32)))),
                column("money", new DecimalType(9, 2)),
                column("_cdc_op", ScalarType.STRING));
        ColumnType.Struct after = struct(
                column("_id", ScalarType.INT64),
                column("amount", ScalarType.DOUBLE),
                column("price", ScalarType.DOUBLE),
                column("nested", struct(column("n", ScalarType.INT64), column("m", ScalarType.STRING))),
                column("list", array(leaf(ScalarType.INT64))),
                column("structs", array(struct(column("x", ScalarType.DOUBLE), column("y", ScalarType.STRING)))),
                column("money", new DecimalType(20, 3)),
                column("_cdc_op", ScalarType.STRING),
                column("fresh", struct(column("f", ScalarType.BOOLEAN))));
        DeltaTable table = create(before, Map.of());
        table.commit(append(
                table,
                write(
                        table,
                        before,
                        row(
                                1,
                                2,
                                0.5f,
                                row(3),
                                Arrays.asList(4, null),
                                singletonList(row(5)),
                                new BigDecimal("1.25"),
                                "c"))));

        DataFile wide = write(
                table,
                after,
                row(
                        1L << 40,
                        0.25,
                        0.75,
                        row(7L, "m"),
                        List.of(8L),
                        singletonList(row(9.5, "y")),
                        new BigDecimal("10.125"),
                        "u",
                        row(true)));
        table.commit(new TableCommit(after, List.of(wide), Map.of(), Map.of("c|t|0", 1L)));

        assertThat(table.snapshot().columns()).isEqualTo(after);
        assertThat(reopened().snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened()))
                .containsExactlyInAnyOrder(
                        plain(row(
                                1L,
                                2.0,
                                0.5,
                                row(3L, null),
                                Arrays.asList(4L, null),
                                singletonList(row(5.0, null)),
                                new BigDecimal("1.250"),
                                "c",
                                null)),
                        plain(row(
                                1L << 40,
                                0.25,
                                0.75,
                                row(7L, "m"),
                                List.of(8L),
                                singletonList(row(9.5, "y")),
                                new BigDecimal("10.125"),
                                "u",
                                row(true))));
    }

    @Test
    void aColumnWidensTwiceAndLaterCommitsGoOn() throws LostRaceException {
        ColumnType.Struct columns = struct(column("n", new DecimalType(5, 0)));
        DeltaTable table = create(columns, Map.of());
        table.commit(append(table, write(table, columns, row(new BigDecimal(1)))));
        for (int precision : List.of(10, 20)) {
            ColumnType.Struct wider = struct(column("n", new DecimalType(precision, 0)));
            table.commit(new TableCommit(
                    wider, List.of(write(table, wider, row(new BigDecimal(precision)))), Map.of(), Map.of()));
        }

        DeltaTable reopened = reopened();
        reopened.commit(append(
                reopened, write(reopened, reopened.snapshot().columns(), row(new BigDecimal("99999999999999999999")))));

        assertThat(rows(reopened()))
                .extracting(values -> String.valueOf(values.get(0)))
                .containsExactlyInAnyOrder("1", "10", "20", "99999999999999999999");
    }

    @Test
    void namesOfDocumentsAndTheirTypesComeBackFromTheTable() {
        ColumnType.Struct columns = struct(
                new Column("_id", "_id", leaf(ScalarType.OBJECT_ID)),
                new Column("a_b", "a b", leaf(ScalarType.JSON)),
                new Column("s", "S", struct(new Column("x_y", "x.y", array(array(leaf(ScalarType.UUID)))))));

        create(columns, Map.of());

        assertThat(reopened().snapshot().columns()).isEqualTo(columns);
    }

    @Test
    void whatAColumnMeansChangesWithoutAChangeOfItsDeltaType() throws LostRaceException {
        DeltaTable table = create(struct(column("_id", ScalarType.OBJECT_ID)), Map.of());
        ColumnType.Struct mixed = struct(column("_id", ScalarType.JSON));

        table.commit(new TableCommit(mixed, List.of(), Map.of(), Map.of()));

        assertThat(reopened().snapshot().columns()).isEqualTo(mixed);
    }

    @Test
    void aColumnIsNeitherDroppedNorNarrowed() {
        DeltaTable table = create(struct(column("a", ScalarType.INT64), column("b", ScalarType.STRING)), Map.of());

        assertThatThrownBy(() -> table.commit(
                        new TableCommit(struct(column("a", ScalarType.INT64)), List.of(), Map.of(), Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column b");
        assertThatThrownBy(() -> table.commit(new TableCommit(
                        struct(column("a", ScalarType.INT32), column("b", ScalarType.STRING)),
                        List.of(),
                        Map.of(),
                        Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column a");
    }

    @Test
    void theFeatureOfWideningComesWithTheCommitThatWidens() throws Exception {
        ColumnType.Struct narrow = struct(column("a", ScalarType.INT32));
        DeltaTable table = create(narrow, Map.of());
        table.commit(append(table, write(table, narrow, row(1))));
        ColumnType.Struct added = struct(column("a", ScalarType.INT32), column("b", ScalarType.STRING));
        table.commit(new TableCommit(added, List.of(write(table, added, row(2, "b"))), Map.of(), Map.of()));
        LoggedTable log = new LoggedTable(directory.resolve("t/_delta_log"));
        while (log.version < 2 && log.replayNext()) {}
        assertThat(log.protocol().toString()).doesNotContain("typeWidening");

        ColumnType.Struct wide = struct(column("a", ScalarType.INT64), column("b", ScalarType.STRING));
        table.commit(new TableCommit(wide, List.of(write(table, wide, row(1L << 40, "c"))), Map.of(), Map.of()));

        assertThat(log.replayNext()).isTrue();
        assertThat(log.protocol().get("readerFeatures").toString()).contains("typeWidening", "deletionVectors");
        assertThat(log.protocol().get("writerFeatures").toString()).contains("typeWidening", "deletionVectors");
        assertThat(log.metadata().at("/configuration/delta.enableTypeWidening").asText())
                .isEqualTo("true");
        assertThat(log.live).hasSize(3);
        assertThat(reopened().snapshot()).isEqualTo(table.snapshot());
        assertThat(rows(reopened()))
                .containsExactlyInAnyOrder(plain(row(1L, null)), plain(row(2L, "b")), plain(row(1L << 40, "c")));
        TableProtocolCheck.check("file://" + directory + "/t");
    }

    @Test
    void anotherWriterOfTheTableFollowsTheWidening() throws LostRaceException {
        ColumnType.Struct narrow = struct(column("a", ScalarType.INT32));
        ColumnType.Struct wide = struct(column("a", ScalarType.INT64));
        DeltaTable table = create(narrow, Map.of());
        DeltaTable other = reopened();
        table.commit(new TableCommit(wide, List.of(write(table, wide, row(1L << 40))), Map.of(), Map.of()));

        DataFile late = write(other, narrow, row(1));
        assertThatThrownBy(() -> other.commit(append(other, late))).isInstanceOf(LostRaceException.class);
        assertThat(other.refresh()).isEqualTo(table.snapshot());
        other.commit(append(other, late));

        assertThat(rows(reopened())).containsExactlyInAnyOrder(plain(row(1L << 40)), plain(row(1L)));
    }

    @Test
    void theOwnerOfATableMayForbidWidening() {
        DeltaTable table = create(struct(column("a", ScalarType.INT32)), Map.of("delta.enableTypeWidening", "false"));

        assertThatThrownBy(() -> table.commit(
                        new TableCommit(struct(column("a", ScalarType.INT64)), List.of(), Map.of(), Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("delta.enableTypeWidening = false")
                .hasMessageContaining("ALTER TABLE");
    }

    @Test
    void aTableWithoutDeletionVectorsIsRefusedToThoseWhoNeedThem() {
        DeltaTable table =
                create(struct(column("a", ScalarType.INT32)), Map.of("delta.enableDeletionVectors", "false"));

        assertThat(rows(table)).isEmpty();
        table.requireWritable();
        assertThatThrownBy(() -> table.requireWritable(java.util.Set.of(TableFeature.DELETION_VECTORS)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("deletionVectors")
                .hasMessageContaining("delta.enableDeletionVectors");
    }

    @Test
    void anAppendOnlyTableIsNotWrittenTo() {
        DeltaTable table = create(struct(column("a", ScalarType.INT32)), Map.of("delta.appendOnly", "true"));

        assertThatThrownBy(table::requireWritable)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("delta.appendOnly");
    }
}
