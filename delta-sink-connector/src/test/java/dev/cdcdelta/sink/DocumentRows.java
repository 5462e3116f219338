package dev.cdcdelta.sink;

import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The documents behind the rows of a table, as text. */
final class DocumentRows {
    private static final Pattern NUMERAL = Pattern.compile("-?[1-9]\\d*(\\.\\d+)?");

    private DocumentRows() {}

    /** @param asText whether the column {@code _doc} is asked, or the typed columns */
    static List<String> of(TableContent content, boolean asText) {
        DeltaTable table = content.table().orElseThrow();
        ColumnType.Struct columns = table.snapshot().columns();
        int text = CdcColumns.indexOf(columns, CdcColumns.DOCUMENT);
        List<String> names = columns.columns().stream().map(Column::name).toList();
        RowDocument documents = new RowDocument(columns);
        List<String> found = new ArrayList<>();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> rows = table.read(file, names)) {
                while (rows.hasNext()) {
                    Object[] row = rows.next().values();
                    String document;
                    if (asText) {
                        document = String.valueOf(row[text]);
                        Object[] typed = row.clone();
                        typed[text] = null;
                        String columnsTell = meaning(documents.of(typed).document());
                        if (!columnsTell.equals(meaning(ExtendedJson.parseDocument(document)))) {
                            document += " but columns " + columnsTell;
                        }
                    } else {
                        document = meaning(documents.of(row).document());
                    }
                    found.add(document + own(columns, row));
                }
            }
        }
        return found;
    }

    private static String own(ColumnType.Struct columns, Object[] row) {
        StringBuilder own = new StringBuilder(" at ")
                .append(millis(value(columns, row, CdcColumns.TIME)))
                .append('/')
                .append(value(columns, row, CdcColumns.ORDINAL))
                .append(' ')
                .append(value(columns, row, CdcColumns.OPERATION));
        if (Boolean.TRUE.equals(value(columns, row, CdcColumns.DELETED))) {
            own.append(" deleted");
        }
        if (value(columns, row, CdcColumns.VALID_TO) instanceof Long end) {
            own.append(" to ").append(millis(end));
        }
        return own.toString();
    }

    private static Object value(ColumnType.Struct columns, Object[] row, String name) {
        int index = CdcColumns.indexOf(columns, name);
        return index < 0 || row[index] == null ? "none" : row[index];
    }

    private static Object millis(Object micros) {
        return micros instanceof Long time ? (Object) (time / 1000) : micros;
    }

    /** A decimal may stand in a column of texts, or as the number that it is where one was declared. */
    private static String numeral(String text) {
        return NUMERAL.matcher(text).matches()
                ? "number " + new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }

    /** What typed columns can tell of a document: numbers by value, texts of all kinds alike, fields without content left out. */
    static String meaning(BsonDocument document) {
        return normal(document).toString();
    }

    private static BsonValue normal(BsonValue value) {
        if (value instanceof BsonDocument document) {
            Map<String, BsonValue> fields = new TreeMap<>();
            document.forEach((name, field) -> {
                BsonValue content = normal(field);
                if (!content.isNull()) {
                    fields.put(name, content);
                }
            });
            BsonDocument sorted = new BsonDocument();
            sorted.putAll(fields);
            return sorted.isEmpty() ? BsonNull.VALUE : sorted;
        }
        if (value instanceof BsonArray array) {
            return array.isEmpty()
                    ? BsonNull.VALUE
                    : new BsonArray(array.stream().map(DocumentRows::normal).toList());
        }
        if (value instanceof BsonNumber number && !value.isDecimal128()) {
            boolean isNegativeZero =
                    value instanceof BsonDouble each && each.getValue() == 0 && 1 / each.getValue() < 0;
            return new BsonString(
                    isNegativeZero
                            ? "-0.0"
                            : "number "
                                    + (value.isDouble()
                                                    ? new BigDecimal(number.doubleValue())
                                                    : BigDecimal.valueOf(number.longValue()))
                                            .stripTrailingZeros()
                                            .toPlainString());
        }
        if (value.isDecimal128() || value.isString()) {
            return new BsonString(numeral(
                    value.isString()
                            ? value.asString().getValue()
                            : value.asDecimal128().getValue().toString()));
        }
        return value.isObjectId() ? new BsonString(value.asObjectId().getValue().toHexString()) : value;
    }
}
