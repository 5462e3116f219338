package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.ConfigChange;
import java.util.ArrayList;
import java.util.List;

/** What was done to connectors, or would be. */
final class ChangeReport {
    private ChangeReport() {}

    /** One row a connector. */
    static Report.Rows brief(List<ConfigChange> changes) {
        return new Report.Rows(
                List.of("connector", "action", "changes"),
                changes.stream()
                        .map(change -> List.<Object>of(
                                change.connector(), change.action().toString(), changed(change)))
                        .toList());
    }

    /** One row a key that differs; what goes as a whole has one row. */
    static Report.Rows detailed(List<ConfigChange> changes) {
        List<List<Object>> rows = new ArrayList<>();
        for (ConfigChange change : changes) {
            String action = change.action().toString();
            change.keys()
                    .forEach(
                            key -> rows.add(List.of(change.connector(), action, key.key(), key.before(), key.after())));
            if (change.action() == ConfigChange.Action.DELETED) {
                rows.add(List.of(change.connector(), action, "", "", ""));
            }
        }
        return new Report.Rows(List.of("connector", "action", "key", "before", "after"), rows);
    }

    /** Of a new connector everything is new, and nothing worth telling. */
    private static List<ConfigChange.KeyChange> changed(ConfigChange change) {
        return change.action() == ConfigChange.Action.CREATED ? List.of() : change.keys();
    }
}
