package dev.cdcdelta.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** Orders of medium and large size as Spark's SQL reads them: the type of the extended JSON, and the columns that are made of it. */
public final class OrderSql {
    private static final String[][] FIELDS = {
        {"_id", "STRUCT<`$oid`: STRING>", "d._id.`$oid`"},
        {"number", "STRUCT<`$numberLong`: STRING>", "CAST(d.number.`$numberLong` AS BIGINT)"},
        {"state", "STRING"},
        {"createdAt", "STRUCT<`$date`: BIGINT>", "timestamp_millis(d.createdAt.`$date`)"},
        {"updatedAt", "STRUCT<`$date`: BIGINT>", "timestamp_millis(d.updatedAt.`$date`)"},
        {"total", "DOUBLE"},
        {"revision", "INT"},
        {"paid", "BOOLEAN"},
        {"customer", "STRING"},
        {"email", "STRING"},
        {"phone", "STRING"},
        {"tax", "DOUBLE"},
        {"currency", "STRING"},
        {"priority", "INT"},
        {"warehouse", "STRING"},
        {"carrier", "STRING"},
        {"tracking", "STRING"},
        {"weight", "DOUBLE"},
        {"channel", "STRING"},
        {"campaign", "STRING"},
        {"locale", "STRING"},
        {"sequence", "STRUCT<`$numberLong`: STRING>", "CAST(d.sequence.`$numberLong` AS BIGINT)"},
        {"score", "DOUBLE"},
        {"note", "STRING"},
        {"address", "STRUCT<street: STRING, city: STRING, zip: STRING, country: STRING>"},
        {"items", "ARRAY<STRUCT<sku: STRING, quantity: INT, price: DOUBLE, title: STRING, gift: BOOLEAN>>"}
    };

    private OrderSql() {}

    /** As a list of names and types. */
    public static String document() {
        StringBuilder type = new StringBuilder();
        for (String[] field : FIELDS) {
            type.append(type.isEmpty() ? "" : ", ").append(field[0]).append(' ').append(field[1]);
        }
        return type.toString();
    }

    /** Expressions over the document, {@code d}, by column; the first is the key. */
    public static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String[] field : FIELDS) {
            columns.put(field[0], field.length > 2 ? field[2] : "d." + field[0]);
        }
        return columns;
    }
}
