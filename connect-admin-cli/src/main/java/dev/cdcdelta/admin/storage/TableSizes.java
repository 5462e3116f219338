package dev.cdcdelta.admin.storage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Objects and bytes that lie in a warehouse, by table: live files, those of older versions, and the log. */
public final class TableSizes {
    private TableSizes() {}

    /** What lies below a table's path; the empty path is what belongs to none. */
    public record Size(String path, long objects, long bytes) {}

    /**
     * Lists the whole warehouse.
     *
     * @param tables paths below the warehouse, with slashes
     */
    public static List<Size> of(String warehouse, Map<String, String> options, List<String> tables) throws IOException {
        try (StoreOperations store = new StoreOperations(warehouse, options)) {
            return new TreeMap<>(store.sizes(tables))
                    .entrySet().stream()
                            .map(each -> new Size(
                                    each.getKey(), each.getValue().objects(), each.getValue().bytes()))
                            .toList();
        }
    }
}
