package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.sink.trace.Tracing;
import java.util.concurrent.TimeUnit;

/** A finished range as an OpenTelemetry span, where the worker runs an agent. */
record RangeSpan(Tracing tracing, String table) {
    /** @param finishedMillis since the epoch */
    void record(int range, long startedMillis, long finishedMillis, RangeResult result) {
        if (!tracing.isActive()) {
            return;
        }
        long findings = 0;
        for (FindingClass kind : FindingClass.values()) {
            findings += result.findingsOf(kind);
        }
        tracing.tracer()
                .spanBuilder("reconcile range")
                .setNoParent()
                .setStartTimestamp(startedMillis, TimeUnit.MILLISECONDS)
                .setAttribute("cdcdelta.table", table)
                .setAttribute("cdcdelta.range", range)
                .setAttribute("cdcdelta.documents", result.documents())
                .setAttribute("cdcdelta.findings", findings)
                .startSpan()
                .end(finishedMillis, TimeUnit.MILLISECONDS);
    }
}
