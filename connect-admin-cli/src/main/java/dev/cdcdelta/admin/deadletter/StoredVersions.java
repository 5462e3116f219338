package dev.cdcdelta.admin.deadletter;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.StoredKey;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The source versions of some documents' rows, from one pass over the table's keys. */
final class StoredVersions {
    private static final int TIME = 1;
    private static final int ORDINAL = 2;

    private StoredVersions() {}

    /** The newest of each document's rows; of a row without one {@link SourceVersion#UNKNOWN}. A document without rows has none. */
    static Map<DocumentKey, SourceVersion> of(DeltaTable table, Set<DocumentKey> wanted) {
        Map<DocumentKey, SourceVersion> versions = new HashMap<>();
        TableSnapshot snapshot = table.refresh();
        StoredKey keys = new StoredKey(snapshot.columns());
        List<String> columns = keys.columns(CdcColumns.TIME, CdcColumns.ORDINAL);
        for (DataFile file : snapshot.files().values()) {
            try (CloseableIterator<StoredRow> rows = table.read(file, columns)) {
                while (rows.hasNext()) {
                    @Nullable Object[] values = rows.next().values();
                    DocumentKey key = keys.of(values);
                    if (key != null && wanted.contains(key)) {
                        versions.merge(key, version(values), StoredVersions::newer);
                    }
                }
            }
        }
        return versions;
    }

    private static SourceVersion version(@Nullable Object[] values) {
        return values[TIME] instanceof Long micros
                ? new SourceVersion(
                        Math.floorDiv(micros, 1000L), values[ORDINAL] instanceof Integer ordinal ? ordinal : 0)
                : SourceVersion.UNKNOWN;
    }

    private static SourceVersion newer(SourceVersion a, SourceVersion b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
