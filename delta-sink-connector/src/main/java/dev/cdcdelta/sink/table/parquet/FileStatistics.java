package dev.cdcdelta.sink.table.parquet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * A file's statistics for the Delta log (PROTOCOL.md, Per-file Statistics), taken from the footer that the writer has in memory.
 * Elements of arrays have none.
 */
final class FileStatistics {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ColumnType.Struct columns;
    private int columnsLeft;

    FileStatistics(ColumnType.Struct columns, int indexedColumns) {
        this.columns = columns;
        this.columnsLeft = indexedColumns < 0 ? Integer.MAX_VALUE : indexedColumns;
    }

    String json(ParquetMetadata footer) {
        long rows = 0;
        Map<List<String>, List<Statistics<?>>> chunks = new HashMap<>();
        for (BlockMetaData block : footer.getBlocks()) {
            rows += block.getRowCount();
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                chunks.computeIfAbsent(List.of(chunk.getPath().toArray()), path -> new ArrayList<>())
                        .add(chunk.getStatistics());
            }
        }
        ObjectNode statistics = JSON.createObjectNode();
        statistics.put("numRecords", rows);
        ObjectNode minimums = JSON.createObjectNode();
        ObjectNode maximums = JSON.createObjectNode();
        ObjectNode nulls = JSON.createObjectNode();
        collect(columns, List.of(), chunks, minimums, maximums, nulls);
        statistics.set("minValues", minimums);
        statistics.set("maxValues", maximums);
        statistics.set("nullCount", nulls);
        statistics.put("tightBounds", true);
        return statistics.toString();
    }

    private void collect(
            ColumnType.Struct struct,
            List<String> parent,
            Map<List<String>, List<Statistics<?>>> chunks,
            ObjectNode minimums,
            ObjectNode maximums,
            ObjectNode nulls) {
        for (Column column : struct.columns()) {
            if (columnsLeft <= 0) {
                return;
            }
            List<String> path = new ArrayList<>(parent);
            path.add(column.name());
            if (column.type() instanceof ColumnType.Struct nested) {
                ObjectNode nestedMinimums = JSON.createObjectNode();
                ObjectNode nestedMaximums = JSON.createObjectNode();
                ObjectNode nestedNulls = JSON.createObjectNode();
                collect(nested, path, chunks, nestedMinimums, nestedMaximums, nestedNulls);
                setUnlessEmpty(minimums, column.name(), nestedMinimums);
                setUnlessEmpty(maximums, column.name(), nestedMaximums);
                setUnlessEmpty(nulls, column.name(), nestedNulls);
            } else {
                columnsLeft--;
                if (column.type() instanceof ColumnType.Leaf leaf) {
                    ColumnBounds bounds = ColumnBounds.of(leaf.type(), chunks.getOrDefault(path, List.of()));
                    nulls.put(column.name(), bounds.nullCount());
                    bounds.minimum().ifPresent(value -> minimums.set(column.name(), value));
                    bounds.maximum().ifPresent(value -> maximums.set(column.name(), value));
                }
            }
        }
    }

    private static void setUnlessEmpty(ObjectNode parent, String name, ObjectNode child) {
        if (!child.isEmpty()) {
            parent.set(name, child);
        }
    }
}
