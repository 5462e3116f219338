package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.SinkRig.P0;
import static dev.cdcdelta.sink.SinkRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.DocumentColumns;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two tasks that meet new fields at once, with documents in any order. Whatever the order, the table has the same fields: the same paths,
 * each of the same type or, in every order, in conflict; which side of a conflict the column keeps and which goes beside it is left to
 * the order. The rows hold the same documents.
 */
class ConvergenceTest {
    private static final int DOCUMENTS = 24;
    private static final List<String> VALUES = List.of(
            "1",
            "{\"$numberLong\":\"5000000000\"}",
            "2.5",
            "\"text\"",
            "true",
            "{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}",
            "{\"$numberDecimal\":\"1.50\"}",
            "{\"$date\":7}",
            "[1,2]",
            "[2.5]",
            "[\"a\"]",
            "[{\"p\":1}]",
            "[{\"p\":\"x\",\"q\":1}]",
            "{\"k\":1}",
            "{\"k\":\"x\",\"l\":2}");

    @TempDir
    Path directory;

    static LongStream seeds() {
        return Seeds.from(1, 12);
    }

    static LongStream manySeeds() {
        return Seeds.from(1000, 188);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderGivesTheSameFieldsAndRows(long seed) {
        converge(seed);
    }

    @Tag("slow")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void anyOrderGivesTheSameFieldsAndRowsForManySeeds(long seed) {
        converge(seed);
    }

    private void converge(long seed) {
        Random random = new Random(seed);
        List<String> documents = documents(random);
        Result first = run("one", documents, random);
        Collections.shuffle(documents, random);
        Result second = run("other", documents, random);
        assertThat(first.fields).as("seed %d", seed).isEqualTo(second.fields);
        assertThat(first.rows).as("seed %d", seed).isEqualTo(second.rows).hasSize(DOCUMENTS);
        System.out.println("convergence: seed " + seed + ", " + DOCUMENTS + " documents = " + first.rows.size()
                + " rows + " + first.refused + " refused, twice; " + first.fields.size() + " fields");
    }

    private record Result(Map<String, Object> fields, Map<String, String> rows, int refused) {}

    private static List<String> documents(Random random) {
        List<String> documents = new ArrayList<>();
        List<String> names = List.of("a", "b", "c", "A");
        for (int i = 0; i < DOCUMENTS; i++) {
            StringBuilder fields = new StringBuilder("\"i\":" + i);
            for (String name : names) {
                if (random.nextInt(3) == 0) {
                    fields.append(",\"" + name + "\":" + VALUES.get(random.nextInt(VALUES.size())));
                }
            }
            documents.add(fields.toString());
        }
        return documents;
    }

    /** Both tasks read before either commits, so that each commit but the first has lost its race. */
    private Result run(String place, List<String> documents, Random random) {
        SinkRig rig = new SinkRig(directory.resolve(place));
        FakeRuntime[] tasks = {rig.unstarted(), rig.unstarted()};
        List<String> refused = tasks[0].reporting();
        List<String> refusedToo = tasks[1].reporting();
        tasks[0].start(P0);
        tasks[1].start(P1);
        int at = 0;
        while (at < documents.size()) {
            for (int i = 1 + random.nextInt(8); i > 0 && at < documents.size(); i--, at++) {
                rig.source(random.nextBoolean() ? P0 : P1)
                        .upsert("d" + documents.get(at).hashCode(), documents.get(at), 1);
            }
            tasks[0].pollAll();
            tasks[1].pollAll();
            tasks[random.nextInt(2)].sink();
        }
        tasks[0].sink();
        tasks[1].sink();
        Map<String, String> rows = rows(rig);
        int count = refused.size() + refusedToo.size();
        assertThat(rows.size() + count).as("documents in = rows + dead letters").isEqualTo(documents.size());
        ColumnType.Struct columns = rig.table.snapshot().columns();
        Map<String, Object> fields = new TreeMap<>();
        settle("", DocumentColumns.typeOf(columns), fields);
        return new Result(fields, rows, count);
    }

    /** Paths and types; below a field in conflict, the parts that the column keeps depend on the order. */
    private static void settle(String parent, StructType struct, Map<String, Object> fields) {
        for (StructType.Field field : struct.fields()) {
            if (FieldNames.isOurs(field.name())) {
                continue;
            }
            String path = parent + field.name();
            boolean inConflict =
                    struct.field(FieldNames.sidecarOf(field.name())).isPresent();
            FieldType type = field.type();
            String arrays = "";
            while (type instanceof ArrayType array) {
                type = array.element();
                arrays += "[]";
            }
            if (inConflict || type == ScalarType.JSON) {
                fields.put(path, "in conflict");
            } else if (type instanceof StructType inner) {
                fields.put(path, "documents" + arrays);
                settle(path + ".", inner, fields);
            } else {
                fields.put(path, type + arrays);
            }
        }
    }

    /** By {@code _id}: the documents that the rows stand for, texts of all kinds alike, since a column of text blurs them. */
    private static Map<String, String> rows(SinkRig rig) {
        Map<String, String> rows = new TreeMap<>();
        DeltaTable table = rig.table.table().orElseThrow();
        ColumnType.Struct columns = table.snapshot().columns();
        List<String> names = columns.columns().stream().map(Column::name).toList();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, names)) {
                while (stored.hasNext()) {
                    Object[] values = stored.next().values();
                    BsonDocument document = RowDocuments.of(columns, values);
                    String key = String.valueOf(document.get("_id"));
                    assertThat(rows.put(key, meaning(document)))
                            .as("one row for each")
                            .isNull();
                }
            }
        }
        return rows;
    }

    private static String meaning(BsonValue value) {
        if (value instanceof BsonDocument document) {
            Map<String, String> parts = new TreeMap<>();
            document.forEach((name, part) -> {
                if (!part.isNull()) {
                    parts.put(name, meaning(part));
                }
            });
            return parts.toString();
        }
        if (value.isArray()) {
            return value.asArray().stream()
                    .map(ConvergenceTest::meaning)
                    .toList()
                    .toString();
        }
        return switch (value.getBsonType()) {
            case OBJECT_ID ->
                ExtendedJson.text(
                        new org.bson.BsonString(value.asObjectId().getValue().toHexString()));
            case DECIMAL128 ->
                ExtendedJson.text(
                        new org.bson.BsonString(value.asDecimal128().getValue().toString()));
            default -> DocumentKey.of(value).canonical();
        };
    }
}
