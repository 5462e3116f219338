package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ScalarType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** The connector's own columns, which each of its tables has beside those of the documents. */
public final class CdcColumns {
    /** The document's {@code _id}. */
    public static final String ID = "_id";

    /** Timestamp: the source's cluster time of the row's last change; null where the source gives none. */
    public static final String TIME = "_cdc_ts";

    /** int: the order within that cluster time. */
    public static final String ORDINAL = "_cdc_ord";

    /** string: {@code c}, {@code u} or {@code r}, as in Debezium's envelope. */
    public static final String OPERATION = "_cdc_op";

    /** binary, 16 bytes: the hash of the row's content. */
    public static final String HASH = "_cdc_hash";

    private static final List<Column> COLUMNS = List.of(
            column(TIME, ScalarType.DATE),
            column(ORDINAL, ScalarType.INT32),
            column(OPERATION, ScalarType.STRING),
            column(HASH, ScalarType.BINARY));

    private CdcColumns() {}

    static ColumnType.Struct appendTo(ColumnType.Struct document) {
        List<Column> columns = new ArrayList<>(document.columns());
        columns.addAll(COLUMNS);
        return new ColumnType.Struct(columns);
    }

    /** The position of the column of that name, or -1. */
    public static int indexOf(ColumnType.Struct columns, String name) {
        for (int i = 0; i < columns.columns().size(); i++) {
            if (columns.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** @throws ConfigException if the table at {@code location} was not made for this connector */
    public static void requireIn(String location, ColumnType.Struct columns) {
        requireColumn(location, columns, ID);
        for (Column own : COLUMNS) {
            int index = requireColumn(location, columns, own.name());
            ColumnType found = columns.columns().get(index).type();
            if (!found.equals(own.type())) {
                throw foreign(location, "its column " + own.name() + " is " + found + " instead of " + own.type());
            }
        }
    }

    private static int requireColumn(String location, ColumnType.Struct columns, String name) {
        int index = indexOf(columns, name);
        if (index < 0) {
            throw foreign(location, "it has no column " + name);
        }
        return index;
    }

    private static ConfigException foreign(String location, String cause) {
        return new ConfigException(
                "The table at " + location + " was not made by this connector: " + cause
                        + ". Point 'warehouse' or 'table.name' to another place, or move that table away; the connector then makes its own.");
    }

    private static Column column(String name, ScalarType type) {
        return new Column(name, name, new ColumnType.Leaf(type));
    }
}
