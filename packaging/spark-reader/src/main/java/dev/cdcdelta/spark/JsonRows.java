package dev.cdcdelta.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Rows as JSON lines. Nulls are printed, timestamps in UTC with microseconds, binary as base64, decimals with their scale;
 * NaN and the infinities are the strings "NaN", "Infinity" and "-Infinity", which only the schema tells from text.
 */
final class JsonRows {

    private static final Map<String, String> FORMAT = Map.of(
            "ignoreNullFields", "false",
            "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
            "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private JsonRows() {}

    static void print(Dataset<Row> rows, PrintStream output) {
        if (rows.columns().length == 0) {
            return;
        }
        Column document = to_json(struct(col("*")), FORMAT);
        Iterator<String> lines = rows.select(document).as(Encoders.STRING()).toLocalIterator();
        while (lines.hasNext()) {
            output.println(lines.next());
        }
    }
}
