package dev.cdcdelta.admin.doctor;

import java.util.List;
import java.util.Map;

/** Consumers of sinks read what was never committed, unless told otherwise. */
public final class IsolationCheck implements Check {
    private static final String KEY = "consumer.override.isolation.level";

    private final Map<String, String> sink;

    public IsolationCheck(Map<String, String> sink) {
        this.sink = Map.copyOf(sink);
    }

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public List<Diagnosis> run() {
        return List.of(
                "read_committed".equals(sink.get(KEY))
                        ? Diagnosis.ok(name(), "The sink reads committed records only.")
                        : Diagnosis.warning(
                                name(),
                                "The sink has no " + KEY + "=read_committed.",
                                "Unless the workers set it for all, it takes records of transactions that were given up into the"
                                        + " table.",
                                "Set " + KEY + "=read_committed in the sink."));
    }
}
