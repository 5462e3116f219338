package dev.cdcdelta.stack;

import java.util.HashMap;
import java.util.Map;

/** The sink connector on a stack. */
final class SinkSettings {
    static final String CONNECTOR = "dev.cdcdelta.sink.DeltaSinkConnector";

    private SinkSettings() {}

    /** Without the transform: the sink reads envelopes by itself, and so it is the sink that meets the bad ones. */
    static Map<String, String> of(StackDescription stack, String name, String topic) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", name);
        settings.put("connector.class", CONNECTOR);
        settings.put("topics", topic);
        settings.put("warehouse", stack.warehouse());
        settings.put("commit.interval.ms", "1000");
        settings.put("hadoop.fs.s3a.endpoint", String.valueOf(stack.s3Endpoint()));
        settings.put("hadoop.fs.s3a.endpoint.region", "us-east-1");
        settings.put("hadoop.fs.s3a.path.style.access", "true");
        settings.put("hadoop.fs.s3a.access.key", "${file:" + stack.secretsFile() + ":s3.access.key}");
        settings.put("hadoop.fs.s3a.secret.key", "${file:" + stack.secretsFile() + ":s3.secret.key}");
        settings.put("consumer.override.auto.offset.reset", "earliest");
        return settings;
    }
}
