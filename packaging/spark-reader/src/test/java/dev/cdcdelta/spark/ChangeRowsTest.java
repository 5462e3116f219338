package dev.cdcdelta.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeRowsTest {
    private static final StructType RECORD = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("offset", DataTypes.LongType);

    private static SparkSession spark;

    @TempDir
    Path directory;

    private final ChangeRows changes =
            new ChangeRows("_id STRUCT<`$oid`: STRING>, n STRUCT<`$numberLong`: STRING>", columns());

    @BeforeAll
    static void open() {
        spark = DeltaSession.open(Map.of());
    }

    @AfterAll
    static void close() throws IOException {
        spark.close();
    }

    @Test
    void mergeLeavesTheLastImageOfEveryKeyThatWasNotDeleted() {
        String location = directory.resolve("orders").toString();
        changes.images(records(event(0, "c", "a", 1L), event(1, "c", "b", 2L), event(2, "c", "c", 3L)))
                .write()
                .format("delta")
                .option("delta.enableDeletionVectors", "true")
                .save(location);

        changes.latest(records(
                        event(3, "u", "a", 4L),
                        event(4, "d", "b", null),
                        tombstone(5, "b"),
                        event(6, "u", "a", 5L),
                        event(7, "c", "d", 6L),
                        event(8, "c", "e", 7L),
                        event(9, "d", "e", null)))
                .createOrReplaceTempView("changes");
        spark.sql(changes.merge("delta.`" + location + "`", "changes"));

        assertThat(spark.read().format("delta").load(location).orderBy("_id").collectAsList())
                .extracting(row -> row.getString(0) + "=" + row.getLong(1))
                .containsExactly("a=5", "c=3", "d=6");
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("_id", "d._id.`$oid`");
        columns.put("n", "CAST(d.n.`$numberLong` AS BIGINT)");
        return columns;
    }

    private static Dataset<Row> records(Row... rows) {
        return spark.createDataFrame(List.of(rows), RECORD);
    }

    private static Row event(long offset, String operation, String id, @Nullable Long n) {
        String after = n == null
                ? "null"
                : "\"{\\\"_id\\\": {\\\"$oid\\\": \\\"" + id + "\\\"}, \\\"n\\\": {\\\"$numberLong\\\": \\\"" + n
                        + "\\\"}}\"";
        return RowFactory.create(
                key(id), bytes("{\"before\":null,\"after\":" + after + ",\"op\":\"" + operation + "\"}"), offset);
    }

    private static Row tombstone(long offset, String id) {
        return RowFactory.create(key(id), null, offset);
    }

    private static byte[] key(String id) {
        return bytes("{\"id\":\"{\\\"$oid\\\": \\\"" + id + "\\\"}\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
