package dev.cdcdelta.smt.registry;

import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;

/** Gives each topic its history. */
public interface TopicHistories {
    /** A new history of the topic; nothing is asked of anybody yet. */
    TopicHistory of(String topic);

    /**
     * Histories in the schema registry, where one is configured.
     *
     * @param purpose {@code value} or {@code key}: the end of the subjects' names
     * @param known what topics start from without a registry
     * @throws org.apache.kafka.common.config.ConfigException if the registry's keys do not go together
     */
    static TopicHistories of(
            AbstractConfig config, String purpose, SchemaRules rules, Function<String, StructType> known) {
        return RegistryAccess.of(config)
                .map(access ->
                        new RegistryClient(access, new SplittableRandom(), pause -> Thread.sleep(pause.toMillis())))
                .map(client -> inRegistry(client, purpose, rules))
                .orElse(topic -> TopicHistory.startingWith(known.apply(topic)));
    }

    private static TopicHistories inRegistry(RegistryClient client, String purpose, SchemaRules rules) {
        String record = purpose.equals("key") ? ".Key" : ".Value";
        return topic -> new RegisteredHistory(
                client,
                new RegisteredHistory.Subject(topic + "-" + purpose, AvroNames.namespace(topic) + record),
                rules);
    }
}
