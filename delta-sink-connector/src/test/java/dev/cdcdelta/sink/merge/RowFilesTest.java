package dev.cdcdelta.sink.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.FileSizes;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableMaintenance;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFilesTest {
    private static final ColumnType.Struct COLUMNS = new ColumnType.Struct(
            List.of(new Column(CdcColumns.ID, CdcColumns.ID, new ColumnType.Leaf(ScalarType.STRING))));
    private static final int ROWS = 500;
    private static final int LENGTH = 200;

    @TempDir
    Path directory;

    private final Random random = new Random(7);

    @Test
    void aFileIsEndedAtItsTarget() throws LostRaceException {
        int target = 16 << 10;
        Map<String, Long> rows = write(new FileSizes(target, 1 << 20), 1);
        assertThat(rows).hasSizeBetween(ROWS * LENGTH / target / 2, ROWS * LENGTH / target * 2);
    }

    @Test
    void filesThatHoldTooMuchTogetherAreEnded() throws LostRaceException {
        int heap = 16 << 10;
        Map<String, Long> rows = write(new FileSizes(128 << 20, heap), 4);
        assertThat(rows.size()).isGreaterThan(8);
    }

    @Test
    void rowsOfOnePlaceStayInOneFileWhoseRowGroupsAreNoLargerThanTheHeapAllows() throws Exception {
        int heap = 16 << 10;
        Map<String, Long> rows = write(new FileSizes(128 << 20, heap), 1);
        assertThat(rows).hasSize(1);
        Path file = directory.resolve(rows.keySet().iterator().next());
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            assertThat(reader.getFooter().getBlocks())
                    .hasSizeGreaterThan(3)
                    .allMatch(group -> group.getTotalByteSize() < 2 * heap);
        }
    }

    /** Rows that no compression makes smaller, into so many places by turns. @return the number of rows of each file */
    private Map<String, Long> write(FileSizes sizes, int places) throws LostRaceException {
        try (DeltaTables tables = new DeltaTables(Map.of(), TableMaintenance.sameThread(), sizes)) {
            DeltaTable table = tables.create("file://" + directory, COLUMNS, Map.of());
            try (RowFiles files =
                    new RowFiles(place -> table.writer(COLUMNS, place), table::discard, table.fileSizes())) {
                for (int i = 0; i < ROWS; i++) {
                    String id = text();
                    FilePlace place = FilePlace.tagged(Map.of("place", Integer.toString(i % places)));
                    files.write(place, new Object[] {id}, new DocumentKey(id), new SourceVersion(i, 0));
                }
                List<DataFile> written = files.finish();
                table.commit(new TableCommit(COLUMNS, written, Map.of(), Map.of()));
                check(table, files.locations());
                Map<String, Long> rows = new HashMap<>();
                written.forEach(file -> rows.put(file.path(), file.rowCount()));
                return rows;
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        while (text.length() < LENGTH) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.substring(0, LENGTH);
    }

    private static void check(DeltaTable table, Map<DocumentKey, RowLocation> locations) {
        int found = 0;
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> rows = table.read(file, List.of(CdcColumns.ID))) {
                while (rows.hasNext()) {
                    StoredRow row = rows.next();
                    DocumentKey key = new DocumentKey(String.valueOf(row.values()[0]));
                    assertThat(locations.get(key))
                            .returns(file.path(), RowLocation::file)
                            .returns(row.position(), RowLocation::position);
                    found++;
                }
            }
        }
        assertThat(found).isEqualTo(ROWS);
    }
}
