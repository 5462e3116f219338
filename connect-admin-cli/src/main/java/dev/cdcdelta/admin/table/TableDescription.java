package dev.cdcdelta.admin.table;

import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a snapshot says of a table: size, columns down to the last nested field, properties, offsets. No data is read. */
public final class TableDescription {
    private TableDescription() {}

    public static Report of(TableName name, String location, TableSnapshot snapshot) {
        return Report.Sections.of("table", facts(name, location, snapshot))
                .and("columns", columns(snapshot.columns()))
                .and("properties", new Report.Facts(new TreeMap<>(snapshot.properties())))
                .and("partitions", partitions(snapshot));
    }

    /** Live rows: those stored less those that deletion vectors mark. */
    public static long liveRows(TableSnapshot snapshot) {
        return snapshot.files().values().stream()
                .mapToLong(file -> file.rowCount() - file.deletedRowCount())
                .sum();
    }

    public static long bytes(TableSnapshot snapshot) {
        return snapshot.files().values().stream().mapToLong(DataFile::size).sum();
    }

    private static Report facts(TableName name, String location, TableSnapshot snapshot) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", name.toString());
        facts.put("location", location);
        facts.put("version", snapshot.version());
        facts.put("rows", liveRows(snapshot));
        facts.put(
                "deletedRows",
                snapshot.files().values().stream()
                        .mapToLong(DataFile::deletedRowCount)
                        .sum());
        facts.put("files", snapshot.files().size());
        facts.put("bytes", bytes(snapshot));
        return new Report.Facts(facts);
    }

    private static Report columns(ColumnType.Struct columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        collect("", columns, rows);
        return new Report.Rows(List.of("column", "type", "mongodb", "field"), rows);
    }

    private static void collect(String prefix, ColumnType.Struct struct, List<List<@Nullable Object>> rows) {
        for (Column column : struct.columns()) {
            String path = prefix + column.name();
            ColumnType type = column.type();
            rows.add(Arrays.asList(path, TypeText.of(type), TypeText.mongodb(type), column.field()));
            String nested = path;
            while (type instanceof ColumnType.Array array) {
                type = array.element();
                nested += "[]";
            }
            if (type instanceof ColumnType.Struct deeper) {
                collect(nested + ".", deeper, rows);
            }
        }
    }

    private static Report partitions(TableSnapshot snapshot) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (PartitionProgress progress : PartitionProgress.of(snapshot.transactions())) {
            rows.add(Arrays.asList(
                    progress.connector(),
                    progress.topic(),
                    progress.partition(),
                    progress.nextOffset(),
                    progress.sourceTime()));
        }
        return new Report.Rows(List.of("connector", "topic", "partition", "nextOffset", "sourceTime"), rows);
    }
}
