package dev.cdcdelta.sink.table;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.apache.hadoop.conf.Configuration;

/** A table of this machine as Kernel's own reader sees it, with nothing of ours. */
public final class KernelReader {
    private static final Engine ENGINE = DefaultEngine.create(new Configuration());

    private KernelReader() {}

    /** The live rows of the newest version, sorted, each as the text of these columns, {@code "a|1"}; of strings, ints and longs. */
    public static List<String> rows(String location, String... columns) throws IOException {
        return rows(location, OptionalLong.empty(), columns);
    }

    static List<String> rows(String location, OptionalLong version, String... columns) throws IOException {
        SnapshotBuilder builder = TableManager.loadSnapshot(location);
        Snapshot snapshot = (version.isPresent() ? builder.atVersion(version.getAsLong()) : builder).build(ENGINE);
        StructType read = new StructType();
        for (String column : columns) {
            read = read.add(snapshot.getSchema().get(column));
        }
        Scan scan = snapshot.getScanBuilder().withReadSchema(read).build();
        Row state = scan.getScanState(ENGINE);
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(ENGINE)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> batch = files.next().getRows()) {
                    while (batch.hasNext()) {
                        read(state, batch.next(), columns.length, rows);
                    }
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private static void read(Row state, Row file, int columns, List<String> rows) throws IOException {
        CloseableIterator<ColumnarBatch> stored = ENGINE.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(FileReadResult::getData);
        try (CloseableIterator<FilteredColumnarBatch> live = Scan.transformPhysicalData(ENGINE, state, file, stored)) {
            while (live.hasNext()) {
                try (CloseableIterator<Row> batch = live.next().getRows()) {
                    batch.forEachRemaining(row -> rows.add(text(row, columns)));
                }
            }
        }
    }

    private static String text(Row row, int columns) {
        StringJoiner text = new StringJoiner("|");
        for (int column = 0; column < columns; column++) {
            if (row.isNullAt(column)) {
                text.add("null");
            } else if (row.getSchema().at(column).getDataType() instanceof StringType) {
                text.add(row.getString(column));
            } else if (row.getSchema().at(column).getDataType() instanceof IntegerType) {
                text.add(Integer.toString(row.getInt(column)));
            } else {
                text.add(Long.toString(row.getLong(column)));
            }
        }
        return text.toString();
    }
}
