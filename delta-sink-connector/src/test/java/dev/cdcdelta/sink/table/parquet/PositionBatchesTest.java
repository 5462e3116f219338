package dev.cdcdelta.sink.table.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.kernel.TableSchema;
import dev.cdcdelta.sink.table.storage.LocalFiles;
import dev.cdcdelta.smt.schema.ScalarType;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.types.StructField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.longlong.Roaring64Bitmap;

class PositionBatchesTest {
    private static final int ROWS = 120_000;
    private static final ColumnType.Struct COLUMNS = new ColumnType.Struct(List.of(
            new Column("n", "n", new ColumnType.Leaf(ScalarType.INT64)),
            new Column("text", "text", new ColumnType.Leaf(ScalarType.STRING)),
            new Column("list", "list", new ColumnType.Array(new ColumnType.Leaf(ScalarType.INT32)))));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final LocalFiles files = new LocalFiles();
    private final AtomicLong bytesRead = new AtomicLong();

    @BeforeEach
    void write() throws IOException {
        RowParquetWriter writer =
                new RowParquetWriter(files.create(directory + "/f.parquet"), COLUMNS, 1 << 20, new Dictionaries());
        Random random = new Random(7);
        for (int row = 0; row < ROWS; row++) {
            writer.write(new Object[] {
                (long) row,
                row % 5 == 0 ? null : Long.toHexString(random.nextLong()),
                row % 3 == 0 ? List.of() : List.of(row)
            });
        }
        writer.finish(32);
    }

    private List<StoredRow> read(long... positions) {
        ReadLayout layout = ReadLayout.of(COLUMNS, List.of(), Map.of());
        Roaring64Bitmap wanted = Roaring64Bitmap.bitmapOf(positions);
        ParquetInput input = new ParquetInput(new Counted(files.newInputFile(directory + "/f.parquet", -1)));
        List<StoredRow> rows = new ArrayList<>();
        try (RowReader reader = new RowReader(
                new PositionBatches(
                        input, TableSchema.toDelta(COLUMNS).add(StructField.DEFAULT_ROW_INDEX_COLUMN), wanted),
                layout,
                wanted::contains)) {
            reader.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void exactlyTheRowsAtThePositionsComeWithTheirValues() {
        long[] positions =
                new Random(3).longs(3_000, 0, ROWS).distinct().sorted().toArray();

        List<StoredRow> rows = read(positions);

        assertThat(rows.stream().mapToLong(StoredRow::position)).containsExactly(toObjects(positions));
        for (StoredRow row : rows) {
            assertThat(row.values()[0]).isEqualTo(row.position());
            assertThat(row.values()[1] == null).isEqualTo(row.position() % 5 == 0);
            assertThat(row.values()[2]).isEqualTo(row.position() % 3 == 0 ? List.of() : List.of((int) row.position()));
        }
    }

    private static Long[] toObjects(long[] positions) {
        return java.util.Arrays.stream(positions).boxed().toArray(Long[]::new);
    }

    @Test
    void pagesWithoutAWantedRowAreNotRead() throws IOException {
        long size = files.getFileStatus(directory + "/f.parquet").getSize();

        assertThat(read(0, 1, ROWS - 1)).extracting(StoredRow::position).containsExactly(0L, 1L, ROWS - 1L);

        assertThat(bytesRead.get()).isLessThan(size / 2);
    }

    @Test
    void withoutAPositionNothingIsReadAtAll() {
        assertThat(read()).isEmpty();
        assertThat(bytesRead).hasValue(0);
    }

    @Test
    void positionsBeyondTheFileAreNoRows() {
        assertThat(read(ROWS, ROWS + 5L)).isEmpty();
    }

    private final class Counted implements InputFile {
        private final InputFile file;

        Counted(InputFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            SeekableInputStream in = file.newStream();
            return new SeekableInputStream() {
                @Override
                public long getPos() throws IOException {
                    return in.getPos();
                }

                @Override
                public void seek(long position) throws IOException {
                    in.seek(position);
                }

                @Override
                public void readFully(byte[] bytes, int offset, int length) throws IOException {
                    bytesRead.addAndGet(length);
                    in.readFully(bytes, offset, length);
                }

                @Override
                public int read() throws IOException {
                    bytesRead.incrementAndGet();
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = in.read(bytes, offset, length);
                    bytesRead.addAndGet(Math.max(read, 0));
                    return read;
                }

                @Override
                public void close() throws IOException {
                    in.close();
                }
            };
        }
    }
}
