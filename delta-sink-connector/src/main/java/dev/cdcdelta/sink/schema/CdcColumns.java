package dev.cdcdelta.sink.schema;

import dev.cdcdelta.smt.schema.ScalarType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** The connector's own columns, which each of its tables has beside those of the documents. */
public final class CdcColumns {
    /** The document's {@code _id}. */
    public static final String ID = "_id";

    /** string: an {@code _id} that the column {@link #ID} does not hold, as canonical extended JSON; only where there are such. */
    public static final String OTHER_ID = "_id__json";

    /** Timestamp: the source's cluster time of the row's last change; null where the source gives none. */
    public static final String TIME = "_cdc_ts";

    /** int: the order within that cluster time. */
    public static final String ORDINAL = "_cdc_ord";

    /** string: {@code c}, {@code u}, {@code r} or {@code d}, as in Debezium's envelope. */
    public static final String OPERATION = "_cdc_op";

    /** binary, 16 bytes: the hash of the row's content. */
    public static final String HASH = "_cdc_hash";

    /** boolean: whether the document has been deleted; never null. */
    public static final String DELETED = "_cdc_deleted";

    /** string: the topic that the event came from. */
    public static final String TOPIC = "_cdc_topic";

    /** int: the event's partition of that topic. */
    public static final String PARTITION = "_cdc_partition";

    /** bigint: the event's offset in that partition. */
    public static final String OFFSET = "_cdc_offset";

    /** Timestamp: when the document became this version. */
    public static final String VALID_FROM = "_cdc_valid_from";

    /** Timestamp: when the document became another version or was deleted; null while it is this one. */
    public static final String VALID_TO = "_cdc_valid_to";

    /** boolean: whether the document is this version; never null. */
    public static final String IS_CURRENT = "_cdc_is_current";

    static final List<Column> COMMON = List.of(
            column(TIME, ScalarType.DATE),
            column(ORDINAL, ScalarType.INT32),
            column(OPERATION, ScalarType.STRING),
            column(HASH, ScalarType.BINARY));

    static final Column DELETED_COLUMN = column(DELETED, ScalarType.BOOLEAN);

    static final List<Column> ORIGIN_COLUMNS = List.of(
            column(TOPIC, ScalarType.STRING), column(PARTITION, ScalarType.INT32), column(OFFSET, ScalarType.INT64));

    static final List<Column> VALIDITY_COLUMNS = List.of(
            column(VALID_FROM, ScalarType.DATE),
            column(VALID_TO, ScalarType.DATE),
            column(IS_CURRENT, ScalarType.BOOLEAN));

    private CdcColumns() {}

    static ColumnType.Struct appendTo(ColumnType.Struct document, TableKind kind) {
        List<Column> columns = new ArrayList<>(document.columns());
        columns.addAll(kind.ownColumns());
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

    /**
     * Checks that a table has the own columns of its kind.
     *
     * @throws ConfigException if the table at {@code location} was not made for this connector, or is of another kind
     */
    public static void requireIn(String location, ColumnType.Struct columns, TableKind kind) {
        requireColumn(location, columns, ID);
        COMMON.forEach(own -> requireType(location, columns, own));
        for (TableKind other : TableKind.values()) {
            if (other != kind && isOf(columns, other)) {
                throw new ConfigException("The table at " + location + " holds " + other.description()
                        + ", but the connector is to write " + kind.description()
                        + ". A table cannot change that: set those back, or point 'table.name' to another place,"
                        + " where the connector makes a table of its own.");
            }
        }
        kind.ownColumns().forEach(own -> requireType(location, columns, own));
    }

    /** Whether the own columns are those of the kind, all of them and no others. */
    private static boolean isOf(ColumnType.Struct columns, TableKind kind) {
        Set<String> own = new HashSet<>();
        columns.columns().stream()
                .map(Column::name)
                .filter(ColumnName::isReserved)
                .forEach(own::add);
        return own.equals(
                Set.copyOf(kind.ownColumns().stream().map(Column::name).toList()));
    }

    private static void requireType(String location, ColumnType.Struct columns, Column own) {
        ColumnType found = columns.columns()
                .get(requireColumn(location, columns, own.name()))
                .type();
        if (!found.equals(own.type())) {
            throw foreign(location, "its column " + own.name() + " is " + found + " instead of " + own.type());
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
