package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Fills the connector's own columns in rows, where the table has them. */
public final class RowStamp {
    private final int time;
    private final int ordinal;
    private final int operation;
    private final int deleted;
    private final int topic;
    private final int partition;
    private final int offset;
    private final int validFrom;
    private final int validTo;
    private final int isCurrent;
    private final int document;

    public RowStamp(ColumnType.Struct columns) {
        time = CdcColumns.indexOf(columns, CdcColumns.TIME);
        ordinal = CdcColumns.indexOf(columns, CdcColumns.ORDINAL);
        operation = CdcColumns.indexOf(columns, CdcColumns.OPERATION);
        deleted = CdcColumns.indexOf(columns, CdcColumns.DELETED);
        topic = CdcColumns.indexOf(columns, CdcColumns.TOPIC);
        partition = CdcColumns.indexOf(columns, CdcColumns.PARTITION);
        offset = CdcColumns.indexOf(columns, CdcColumns.OFFSET);
        validFrom = CdcColumns.indexOf(columns, CdcColumns.VALID_FROM);
        validTo = CdcColumns.indexOf(columns, CdcColumns.VALID_TO);
        isCurrent = CdcColumns.indexOf(columns, CdcColumns.IS_CURRENT);
        document = CdcColumns.indexOf(columns, CdcColumns.DOCUMENT);
    }

    /** What happened to the document, and when; a version that is not known leaves the row's own. */
    public void event(@Nullable Object[] row, SourceVersion version, Operation event) {
        if (version.isKnown()) {
            row[time] = micros(version.timeMillis());
            row[ordinal] = version.ordinal();
        }
        row[operation] = event.letter();
        set(row, deleted, event == Operation.DELETE);
    }

    /** @param text null where the document did not come whole */
    public void document(@Nullable Object[] row, @Nullable String text) {
        set(row, document, text);
    }

    public void origin(@Nullable Object[] row, TopicPartition from, long at) {
        set(row, topic, from.topic());
        set(row, partition, from.partition());
        set(row, offset, at);
    }

    /** @param toMillis null where the version is the current one */
    public void validity(@Nullable Object[] row, long fromMillis, @Nullable Long toMillis) {
        set(row, validFrom, micros(fromMillis));
        set(row, validTo, toMillis == null ? null : (Object) micros(Math.max(fromMillis, toMillis)));
        set(row, isCurrent, toMillis == null);
    }

    /** Ends the validity of a stored version; one that ends before it began has lasted no time. */
    public void close(@Nullable Object[] row, long toMillis) {
        long end = micros(toMillis);
        row[validTo] = row[validFrom] instanceof Long start ? Math.max(start, end) : end;
        row[isCurrent] = false;
    }

    private static void set(@Nullable Object[] row, int column, @Nullable Object value) {
        if (column >= 0) {
            row[column] = value;
        }
    }

    private static long micros(long millis) {
        return Math.multiplyExact(millis, 1000L);
    }
}
