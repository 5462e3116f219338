package dev.cdcdelta.admin.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command found out. Values are null, Boolean, Number, String, {@link java.time.Instant}, {@code byte[]}, List and Map of
 * these; anything else is shown by its {@code toString}.
 */
public sealed interface Report {
    /**
     * Rows under named columns.
     *
     * @param rows read once, in order; may be produced while it is being written
     */
    record Rows(List<String> columns, Iterable<? extends List<? extends @Nullable Object>> rows) implements Report {
        public Rows {
            columns = List.copyOf(columns);
        }

        public static Rows of(String... columns) {
            return new Rows(List.of(columns), new ArrayList<List<@Nullable Object>>());
        }
    }

    /** Named values of one thing. */
    record Facts(Map<String, ? extends @Nullable Object> values) implements Report {}

    /** Several reports under titles, in order. */
    record Sections(Map<String, Report> parts) implements Report {
        public static Sections of(String title, Report part) {
            var parts = new LinkedHashMap<String, Report>();
            parts.put(title, part);
            return new Sections(parts);
        }

        public Sections and(String title, Report part) {
            var all = new LinkedHashMap<>(parts);
            all.put(title, part);
            return new Sections(all);
        }
    }
}
