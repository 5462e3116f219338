package dev.cdcdelta.admin.doctor;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Refused documents go to a topic, and somebody looks into it. */
public final class DeadLetterCheck implements Check {
    private static final String TOPIC = "errors.deadletterqueue.topic.name";

    private final Map<String, String> sink;
    private final ToLongFunction<String> depth;

    /** @param depth how many dead letters of a topic have not been replayed */
    public DeadLetterCheck(Map<String, String> sink, ToLongFunction<String> depth) {
        this.sink = Map.copyOf(sink);
        this.depth = depth;
    }

    @Override
    public String name() {
        return "dead letters";
    }

    @Override
    public List<Diagnosis> run() {
        boolean tolerant = "all".equalsIgnoreCase(sink.getOrDefault("errors.tolerance", "none"));
        String topic = sink.getOrDefault(TOPIC, "");
        if (topic.isEmpty()) {
            return List.of(
                    tolerant
                            ? Diagnosis.failed(
                                    name(),
                                    "errors.tolerance=all without a dead letter queue.",
                                    "Documents that cannot be written would be dropped, so the sink refuses to start.",
                                    "Set " + TOPIC + ", or errors.tolerance=none.")
                            : Diagnosis.ok(name(), "A document that cannot be written stops the task."));
        }
        if (!"true".equals(sink.get("errors.deadletterqueue.context.headers.enable"))) {
            return List.of(Diagnosis.warning(
                    name(),
                    "Dead letters carry no reason.",
                    "Nobody can tell why they were refused or where they came from, and they cannot be replayed.",
                    "Set errors.deadletterqueue.context.headers.enable=true in the sink."));
        }
        long open = depth.applyAsLong(topic);
        return List.of(
                open == 0
                        ? Diagnosis.ok(name(), topic + " holds none that waits.")
                        : Diagnosis.warning(
                                name(),
                                open + " dead letters wait in " + topic + ".",
                                "The table lacks what they tell.",
                                "'dlq list' shows the reasons; mend them, then 'dlq replay'."));
    }
}
