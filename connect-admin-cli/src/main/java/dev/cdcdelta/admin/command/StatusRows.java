package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.rest.ConnectorStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** States of connectors and their tasks, one a row. */
final class StatusRows {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /** @param status null where no worker has taken it up */
    void add(String connector, @Nullable ConnectorStatus status) {
        if (status == null) {
            rows.add(Arrays.asList(connector, null, "UNASSIGNED", null, null));
            return;
        }
        rows.add(row(connector, status.connector()));
        status.tasks().forEach(task -> rows.add(row(connector, task)));
    }

    void addMissing(String connector) {
        rows.add(Arrays.asList(connector, null, "missing", null, null));
    }

    Report.Rows report() {
        return new Report.Rows(List.of("connector", "task", "state", "worker", "problem"), rows);
    }

    private static List<@Nullable Object> row(String connector, ConnectorStatus.Part part) {
        String problem = part.firstTraceLine();
        return Arrays.asList(connector, part.id(), part.state(), part.workerId(), problem.isEmpty() ? null : problem);
    }
}
