package dev.cdcdelta.sink.table.parquet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Remembers which columns of a table gain nothing by Parquet's dictionaries. The writer finds that out for each file anew, by hashing every value of
 * a page before it gives the dictionary up; for columns of text that rarely repeats this is the dearest part of writing a file. Now and then each
 * column is tried again. For use by several threads.
 */
public final class Dictionaries {
    /** A column whose values begin to repeat is noticed after so many files. */
    private static final int FILES_WITHOUT = 31;

    /** Of fewer rows even values that repeat may not make up for a dictionary. */
    private static final long ROWS_THAT_TELL = 1_000;

    /** Of how many files to come, by the path of the column. */
    private final Map<String, Integer> skipped = new HashMap<>();

    /** The columns, as paths with dots, that the next file does without. */
    synchronized Set<String> skippedByNextFile() {
        Set<String> next = new HashSet<>();
        Iterator<Map.Entry<String, Integer>> entries = skipped.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Integer> entry = entries.next();
            next.add(entry.getKey());
            if (entry.getValue() == 1) {
                entries.remove();
            } else {
                entry.setValue(entry.getValue() - 1);
            }
        }
        return next;
    }

    /** @param without the columns that the file had no dictionaries for, of which it tells nothing */
    synchronized void learn(ParquetMetadata footer, Set<String> without) {
        Set<String> paying = new HashSet<>();
        Set<String> tried = new HashSet<>();
        for (BlockMetaData block : footer.getBlocks()) {
            if (block.getRowCount() < ROWS_THAT_TELL) {
                continue;
            }
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                String path = chunk.getPath().toDotString();
                EncodingStats encodings = chunk.getEncodingStats();
                tried.add(path);
                if (encodings == null || encodings.hasDictionaryPages()) {
                    paying.add(path);
                }
            }
        }
        tried.removeAll(paying);
        tried.removeAll(without);
        tried.forEach(path -> skipped.put(path, FILES_WITHOUT));
    }
}
