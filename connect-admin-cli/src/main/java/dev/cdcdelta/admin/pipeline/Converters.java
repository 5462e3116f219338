package dev.cdcdelta.admin.pipeline;

import java.util.Map;

/** Both connectors of a pipeline have to agree on the form of records in the topic: JSON without schemas. */
final class Converters {
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    private Converters() {}

    static void addTo(Map<String, String> config) {
        config.put("key.converter", JSON);
        config.put("key.converter.schemas.enable", "false");
        config.put("value.converter", JSON);
        config.put("value.converter.schemas.enable", "false");
    }
}
