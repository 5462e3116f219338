package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class SchemaChangeTest {
    private static final SchemaPlanner PLANNER =
            new SchemaPlanner(SchemaGrowth.WIDEN, ConflictPolicy.SIDECAR, TableKind.DOCUMENTS);

    @Test
    void acceptsWhateverThePlannerJoins() {
        List<FieldType> types = leaves();
        int widened = 0;
        for (FieldType stored : types) {
            ColumnType.Struct columns = PLANNER.create(document("x", stored));
            for (FieldType incoming : types) {
                ColumnType.Struct grown = PLANNER.grow(columns, document("x", incoming), true);
                assertThatCode(() -> SchemaChange.between(TableSchema.toDelta(columns), grown))
                        .as("%s column and %s values", stored, incoming)
                        .doesNotThrowAnyException();
                widened += grown.equals(columns) ? 0 : 1;
            }
        }
        assertThat(widened).isPositive();
    }

    @Test
    void acceptsWhateverThePlannerJoinsOfIds() {
        List<FieldType> types = leaves();
        for (FieldType stored : types) {
            ColumnType.Struct columns = PLANNER.create(document("_id", stored));
            for (FieldType incoming : types) {
                ColumnType.Struct grown;
                try {
                    grown = PLANNER.grow(columns, document("_id", incoming), true);
                } catch (DataException conflict) {
                    continue;
                }
                assertThatCode(() -> SchemaChange.between(TableSchema.toDelta(columns), grown))
                        .as("%s column and %s values", stored, incoming)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static StructType document(String field, FieldType type) {
        return new StructType(List.of(new StructType.Field(field, type)));
    }

    private static List<FieldType> leaves() {
        List<FieldType> types = new ArrayList<>();
        for (ScalarType type : ScalarType.values()) {
            if (type != ScalarType.NOTHING) {
                types.add(type);
            }
        }
        for (int precision : new int[] {1, 9, 10, 11, 18, 19, 20, 21, 37, 38}) {
            for (int scale = 0; scale <= precision; scale += 3) {
                types.add(new DecimalType(precision, scale));
            }
        }
        return types;
    }
}
