package dev.cdcdelta.admin.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the source writes, the sink must read: both need the same converters, with the same settings. */
public final class ConverterCheck implements Check {
    private final Map<String, String> source;
    private final Map<String, String> sink;

    public ConverterCheck(Map<String, String> source, Map<String, String> sink) {
        this.source = Map.copyOf(source);
        this.sink = Map.copyOf(sink);
    }

    @Override
    public String name() {
        return "converters";
    }

    @Override
    public List<Diagnosis> run() {
        List<Diagnosis> all = new ArrayList<>();
        for (String kind : List.of("key.converter", "value.converter")) {
            String written = shown(source, kind);
            String read = shown(sink, kind);
            if (!written.equals(read)) {
                all.add(Diagnosis.failed(
                        name(),
                        "The source writes with " + kind + "=" + written + ", the sink reads with " + read + ".",
                        "The sink refuses the records, or takes them for others; with keys, deletes find no row.",
                        "Give both connectors the same " + kind + " and the same " + kind + ".schemas.enable."));
            }
        }
        if (all.isEmpty()) {
            all.add(Diagnosis.ok(name(), "Both connectors have the same."));
        }
        return all;
    }

    /** Class and schemas.enable, which is on unless said otherwise; what is not set is the worker's. */
    private static String shown(Map<String, String> config, String kind) {
        String type = config.get(kind);
        if (type == null) {
            return "the worker's own";
        }
        return type.endsWith(".JsonConverter")
                ? type + " (schemas.enable=" + config.getOrDefault(kind + ".schemas.enable", "true") + ")"
                : type;
    }
}
