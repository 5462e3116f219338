package dev.cdcdelta.admin.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings of the source without which the table falls behind or stays incomplete. */
public final class CaptureCheck implements Check {
    private final Map<String, String> source;
    private final Map<String, String> sink;

    public CaptureCheck(Map<String, String> source, Map<String, String> sink) {
        this.source = Map.copyOf(source);
        this.sink = Map.copyOf(sink);
    }

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public List<Diagnosis> run() {
        List<Diagnosis> all = new ArrayList<>();
        boolean applies = "apply".equals(sink.get("update.mode"));
        if ("change_streams".equals(source.get("capture.mode")) && !applies) {
            all.add(Diagnosis.failed(
                    name(),
                    "capture.mode=change_streams, and the sink does not apply partial updates.",
                    "Events of updates come without the document, and the sink skips them: the rows stay as they were.",
                    "Set capture.mode=change_streams_update_full in the source, or update.mode=apply in the sink and its transform."));
        }
        if ("0".equals(source.getOrDefault("heartbeat.interval.ms", "0"))) {
            all.add(Diagnosis.warning(
                    name(),
                    "The source has no heartbeats.",
                    "While its collections are quiet, its place in the stream stays where it is and may leave the oplog;"
                            + " reconciliation waits in vain.",
                    "Set heartbeat.interval.ms=10000 in the source."));
        }
        if (all.isEmpty()) {
            all.add(Diagnosis.ok(name(), "Updates come whole or are applied, and heartbeats are on."));
        }
        return all;
    }
}
