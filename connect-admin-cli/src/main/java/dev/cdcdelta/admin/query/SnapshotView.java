package dev.cdcdelta.admin.query;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The SELECT that stands for a table's snapshot: its files less the rows that deletion vectors mark, with the columns of the table's
 * schema in its order and types. A column that no file has yet is null.
 */
final class SnapshotView {
    /** Names of the two columns that tell a row's place; no sane document has them. */
    private static final String FILE = "__cdcdelta_file";

    private static final String POSITION = "file_row_number";

    private SnapshotView() {}

    /** All rows stored in the files, without the row's place; for asking DuckDB which columns there are. */
    static String storedRows(List<String> files) {
        return "SELECT * FROM " + scan(files, "");
    }

    /**
     * @param files paths that DuckDB can open
     * @param stored names of the columns that at least one file has
     * @param deletions table of {@code (file, pos)} with the dead rows; empty if there are none
     */
    static String select(ColumnType.Struct columns, List<String> files, Set<String> stored, String deletions) {
        if (files.isEmpty()) {
            return "SELECT " + projection(columns, Set.of()) + " WHERE false";
        }
        String select = "SELECT " + projection(columns, lowerCase(stored)) + " FROM ";
        if (deletions.isEmpty()) {
            return select + scan(files, "") + " p";
        }
        return select + scan(files, ", file_row_number=true, filename=" + SqlText.literal(FILE)) + " p ANTI JOIN "
                + deletions + " d ON d.file = p." + FILE + " AND d.pos = p." + POSITION;
    }

    private static String projection(ColumnType.Struct columns, Set<String> stored) {
        return columns.columns().stream().map(column -> column(column, stored)).collect(Collectors.joining(", "));
    }

    private static String column(Column column, Set<String> stored) {
        String name = SqlText.identifier(column.name());
        String source = stored.contains(column.name().toLowerCase(Locale.ROOT)) ? "p." + name : "NULL";
        return "CAST(" + source + " AS " + DuckDbType.of(column.type()) + ") AS " + name;
    }

    /** Without union_by_name, fields that the first file lacks would silently be dropped. */
    private static String scan(List<String> files, String options) {
        return files.stream().map(SqlText::literal).collect(Collectors.joining(", ", "read_parquet([", "]"))
                + ", union_by_name=true, hive_partitioning=false" + options + ")";
    }

    private static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
