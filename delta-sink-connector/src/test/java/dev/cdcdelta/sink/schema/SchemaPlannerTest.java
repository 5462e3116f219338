package dev.cdcdelta.sink.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class SchemaPlannerTest {
    private final SchemaPlanner widening =
            new SchemaPlanner(SchemaGrowth.WIDEN, ConflictPolicy.SIDECAR, TableKind.DOCUMENTS);
    private final SchemaPlanner adding =
            new SchemaPlanner(SchemaGrowth.ADD, ConflictPolicy.SIDECAR, TableKind.DOCUMENTS);

    @Test
    void aNewTableHasTheIdFirstAndTheOwnColumnsLast() {
        ColumnType.Struct table = widening.create(document("n", ScalarType.INT32, "_id", ScalarType.OBJECT_ID));
        assertThat(names(table)).containsExactly("_id", "n", "_cdc_ts", "_cdc_ord", "_cdc_op", "_cdc_hash");
    }

    @Test
    void fieldsWithoutValuesHaveNoColumn() {
        ColumnType.Struct table = widening.create(document(
                "_id", ScalarType.INT32,
                "list", new ArrayType(ScalarType.NOTHING),
                "part", new StructType(List.of())));
        assertThat(names(table)).startsWith("_id", "_cdc_ts");
    }

    @Test
    void newColumnsGoBehindAllOthers() {
        ColumnType.Struct table = widening.create(document("_id", ScalarType.INT32));
        ColumnType.Struct grown = widening.grow(table, document("_id", ScalarType.INT32, "x", ScalarType.STRING), true);
        assertThat(names(grown)).containsExactly("_id", "_cdc_ts", "_cdc_ord", "_cdc_op", "_cdc_hash", "x");
    }

    @Test
    void whatIsThereAlreadyChangesNothing() {
        ColumnType.Struct table = widening.create(document("_id", ScalarType.INT32, "x", ScalarType.INT64));
        assertThat(widening.grow(table, document("x", ScalarType.INT32), true)).isSameAs(table);
    }

    @Test
    void nestedStructsAndElementsGrowInPlace() {
        ColumnType.Struct table = widening.create(
                document("_id", ScalarType.INT32, "lines", new ArrayType(document("quantity", ScalarType.INT32))));
        ColumnType.Struct grown = widening.grow(
                table,
                document("lines", new ArrayType(document("quantity", ScalarType.INT64, "unit", ScalarType.STRING))),
                true);
        ColumnType.Array lines = (ColumnType.Array) grown.columns().get(1).type();
        assertThat(((ColumnType.Struct) lines.element()).columns())
                .containsExactly(
                        new Column("quantity", "quantity", new ColumnType.Leaf(ScalarType.INT64)),
                        new Column("unit", "unit", new ColumnType.Leaf(ScalarType.STRING)));
    }

    @Test
    void aConflictGetsASidecar() {
        ColumnType.Struct table = widening.create(document("_id", ScalarType.INT32, "x", ScalarType.INT64));
        ColumnType.Struct grown = widening.grow(table, document("x", ScalarType.BOOLEAN), true);
        assertThat(names(grown)).contains("x__json");
        assertThat(grown.columns().get(1)).isEqualTo(table.columns().get(1));
    }

    @Test
    void addingKeepsTypesAndGivesNestedSidecars() {
        ColumnType.Struct table =
                adding.create(document("_id", ScalarType.INT32, "part", document("n", ScalarType.INT32)));
        ColumnType.Struct grown = adding.grow(table, document("part", document("n", ScalarType.INT64)), true);
        assertThat(((ColumnType.Struct) grown.columns().get(1).type()).columns())
                .containsExactly(
                        new Column("n", "n", new ColumnType.Leaf(ScalarType.INT32)),
                        new Column("n__json", "n__json", new ColumnType.Leaf(ScalarType.JSON)));
    }

    @Test
    void addingGivesTheIdASidecar() {
        ColumnType.Struct table = adding.create(document("_id", ScalarType.INT32));
        ColumnType.Struct grown = adding.grow(table, document("_id", ScalarType.INT64), true);
        assertThat(grown.columns())
                .contains(
                        new Column("_id", "_id", new ColumnType.Leaf(ScalarType.INT32)),
                        new Column("_id__json", "_id__json", new ColumnType.Leaf(ScalarType.JSON)));
    }

    @Test
    void withoutGrowthNothingChanges() {
        SchemaPlanner fixed = new SchemaPlanner(SchemaGrowth.NONE, ConflictPolicy.SIDECAR, TableKind.DOCUMENTS);
        ColumnType.Struct table = fixed.create(document("_id", ScalarType.INT32));
        assertThat(fixed.grow(table, document("x", ScalarType.INT64), true)).isSameAs(table);
    }

    @Test
    void theFailPolicyRefusesConflicts() {
        SchemaPlanner strict = new SchemaPlanner(SchemaGrowth.WIDEN, ConflictPolicy.DLQ, TableKind.DOCUMENTS);
        ColumnType.Struct table = strict.create(document("_id", ScalarType.INT32, "x", ScalarType.INT64));
        assertThatThrownBy(() -> strict.grow(table, document("x", ScalarType.BOOLEAN), true))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x'");
    }

    private static List<String> names(ColumnType.Struct table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private static StructType document(Object... namesAndTypes) {
        List<StructType.Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(new StructType.Field((String) namesAndTypes[i], (FieldType) namesAndTypes[i + 1]));
        }
        return new StructType(fields);
    }
}
