package dev.cdcdelta.spark;

import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Debezium's envelopes, as Kafka's records hold them, in the table's columns.
 *
 * @param document the type of the extended JSON in {@code after}, as Spark's DDL writes it
 * @param columns an expression over the document, {@code d}, for each column of the table; the first is the key
 */
record ChangeRows(String document, Map<String, String> columns) {
    private static final String KEY = "_key";
    private static final String OPERATION = "_op";

    /** A row per event that has an image. */
    Dataset<Row> images(Dataset<Row> records) {
        return parsed(records.where("value IS NOT NULL"))
                .where("e.after IS NOT NULL")
                .selectExpr(expressions().toArray(String[]::new));
    }

    /** The last event of each key, with what it did and the key, which deletes have nowhere else. */
    Dataset<Row> latest(Dataset<Row> records) {
        List<String> all = expressions();
        all.add("from_json(from_json(CAST(key AS STRING), 'id STRING').id, '`$oid` STRING').`$oid` AS " + KEY);
        all.add("e.op AS " + OPERATION);
        return parsed(records.where("value IS NOT NULL")
                        .selectExpr("key", "value", "offset")
                        .groupBy("key")
                        .agg(expr("max_by(value, offset) AS value")))
                .selectExpr(all.toArray(String[]::new));
    }

    /** The statement that brings {@link #latest} into the table. */
    String merge(String table, String changes) {
        String key = columns.keySet().iterator().next();
        String set = columns.keySet().stream()
                .map(column -> column + " = s." + column)
                .collect(Collectors.joining(", "));
        String names = String.join(", ", columns.keySet());
        String values = columns.keySet().stream().map(column -> "s." + column).collect(Collectors.joining(", "));
        return "MERGE INTO " + table + " t USING " + changes + " s ON t." + key + " = s." + KEY
                + " WHEN MATCHED AND s." + OPERATION + " = 'd' THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET " + set
                + " WHEN NOT MATCHED AND s." + OPERATION + " <> 'd' THEN INSERT (" + names + ") VALUES (" + values
                + ")";
    }

    private Dataset<Row> parsed(Dataset<Row> records) {
        return records.selectExpr("key", "from_json(CAST(value AS STRING), 'op STRING, after STRING') AS e")
                .selectExpr("key", "e", "from_json(e.after, '" + document + "') AS d");
    }

    private List<String> expressions() {
        return columns.entrySet().stream()
                .map(column -> column.getValue() + " AS " + column.getKey())
                .collect(Collectors.toList());
    }
}
