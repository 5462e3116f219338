package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.reconcile.range.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** The paths at which two documents differ, numbers by value; null and missing are the same. */
public final class DifferingPaths {
    private static final int MOST = 50;

    private final List<Difference> differences = new ArrayList<>();

    /** @param path names and array positions, joined by points */
    public record Difference(String path, BsonValue source, BsonValue table) {}

    private DifferingPaths() {}

    /** The first of them, at most 50. */
    public static List<Difference> between(BsonDocument source, BsonDocument table) {
        DifferingPaths paths = new DifferingPaths();
        paths.compare("", source, table);
        return List.copyOf(paths.differences);
    }

    private void compare(String path, BsonValue source, BsonValue table) {
        if (differences.size() >= MOST) {
            return;
        }
        if (source instanceof BsonDocument left && table instanceof BsonDocument right) {
            Set<String> names = new TreeSet<>(left.keySet());
            names.addAll(right.keySet());
            for (String name : names) {
                compare(
                        path.isEmpty() ? name : path + "." + name,
                        left.getOrDefault(name, BsonNull.VALUE),
                        right.getOrDefault(name, BsonNull.VALUE));
            }
        } else if (source instanceof BsonArray left
                && table instanceof BsonArray right
                && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                compare(path + "." + i, left.get(i), right.get(i));
            }
        } else if (KeyOrder.ASCENDING.compare(source, table) != 0) {
            differences.add(new Difference(path, source, table));
        }
    }
}
