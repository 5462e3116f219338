package dev.cdcdelta.bench.limits;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.jspecify.annotations.Nullable;

/** Parquet-java's writer with the sink's compression, zstd, fed from memory. */
final class BareParquet {
    private BareParquet() {}

    /** Writes the rows as often as is needed to have that many, into one file. */
    static void write(Path file, @Nullable Object[][] rows, long count) throws IOException {
        try (ParquetWriter<@Nullable Object[]> writer = new Builder(file)
                .withConf(new Configuration(false))
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (long i = 0; i < count; i++) {
                writer.write(rows[(int) (i % rows.length)]);
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
        Builder(Path file) {
            super(new LocalOutputFile(file));
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
            return new RowSupport();
        }
    }
}
