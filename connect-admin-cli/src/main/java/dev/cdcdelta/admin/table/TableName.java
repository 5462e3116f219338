package dev.cdcdelta.admin.table;

import java.util.List;

/**
 * The name of a table: its path below the warehouse, so {@code testdb.users} is {@code <warehouse>/testdb/users}. MongoDB's names
 * may hold dots themselves, hence the list.
 */
public record TableName(List<String> segments) {
    public TableName {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a table needs a name");
        }
    }

    public String location(String warehouse) {
        return warehouse.replaceFirst("/+$", "") + "/" + String.join("/", segments);
    }

    /** True if the reference names this table, or the end of its path; DuckDB's names know no case. */
    boolean isMeantBy(List<String> reference) {
        int offset = segments.size() - reference.size();
        if (offset < 0) {
            return false;
        }
        for (int i = 0; i < reference.size(); i++) {
            if (!segments.get(offset + i).equalsIgnoreCase(reference.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return String.join(".", segments);
    }
}
