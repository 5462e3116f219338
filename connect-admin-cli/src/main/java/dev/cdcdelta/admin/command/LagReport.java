package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.lag.PartitionLag;
import dev.cdcdelta.admin.output.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lags as rows. */
final class LagReport {
    private LagReport() {}

    static Report.Rows rows(List<PartitionLag> lags) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (PartitionLag lag : lags) {
            rows.add(Arrays.asList(
                    lag.topic(),
                    lag.partition(),
                    lag.events(),
                    lag.tableOffset(),
                    lag.groupOffset(),
                    lag.endOffset(),
                    lag.sourceTime()));
        }
        return new Report.Rows(
                List.of("topic", "partition", "lag", "tableOffset", "groupOffset", "endOffset", "sourceTime"), rows);
    }
}
