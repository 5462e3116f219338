package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.source.DocumentHashes;
import dev.cdcdelta.reconcile.source.TableColumns;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.SchemaEvolution;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * How the pipeline makes rows of documents, by the configurations of its connectors.
 *
 * @param group the sink's consumer group
 * @param keepsEverything whether every value comes into a table as it is: columns grow, sidecars take the rest, nobody declared types
 */
record PipelineRules(
        String topicPrefix, String group, SchemaRules rules, SchemaPlanner planner, boolean keepsEverything) {
    private static final String TRANSFORM = SchemaEvolution.class.getName() + "$Value";

    /** @throws ConfigException if the sink's tables do not hold each document once */
    static PipelineRules of(Map<String, String> source, Map<String, String> sink) {
        String prefix = source.get("topic.prefix");
        if (prefix == null) {
            throw new ConfigException(
                    "source.connector", source.get("name"), "has no topic.prefix, so it is no connector of Debezium's");
        }
        String mode = sink.getOrDefault("write.mode", "upsert");
        if (!mode.equalsIgnoreCase("upsert")) {
            throw new ConfigException(
                    "sink.connector",
                    sink.get("name"),
                    "has write.mode=" + mode + ": only tables of write.mode=upsert hold each document once");
        }
        if (sink.get("table.name.field") != null) {
            throw new ConfigException(
                    "sink.connector",
                    sink.get("name"),
                    "has table.name.field: the rows of a collection are in many tables");
        }
        SchemaRules rules = transform(sink).or(() -> transform(source)).orElseGet(() -> rules(sink, ""));
        boolean soft = sink.getOrDefault("delete.mode", "hard").equalsIgnoreCase("soft");
        String growth = sink.getOrDefault("schema.evolution", "widen");
        boolean keepsEverything = growth.equalsIgnoreCase("widen") && !hasRules(sink) && !hasRules(source);
        SchemaPlanner planner = new SchemaPlanner(
                SchemaGrowth.valueOf(growth.toUpperCase(Locale.ROOT)),
                rules,
                soft ? TableKind.MARKED_DOCUMENTS : TableKind.DOCUMENTS,
                Boolean.parseBoolean(sink.getOrDefault("document.text", "false")));
        return new PipelineRules(prefix, group(sink), rules, planner, keepsEverything);
    }

    private static String group(Map<String, String> sink) {
        return sink.getOrDefault("consumer.override.group.id", "connect-" + sink.get("name"));
    }

    /** Of documents on their way into the table, as it is now. */
    DocumentHashes hashes(Optional<TableSnapshot> table) {
        return new DocumentHashes(planner, rules, TableColumns.of(table), keepsEverything);
    }

    /** In the connector itself or in any transform of it, of whichever kind. */
    private static boolean hasRules(Map<String, String> connector) {
        return connector.entrySet().stream()
                .anyMatch(entry -> (entry.getKey().endsWith("conflict.policies")
                                || entry.getKey().endsWith("schema.hints"))
                        || entry.getKey().endsWith("conflict.policy")
                                && !entry.getValue().equalsIgnoreCase("sidecar")
                        || entry.getKey().endsWith(".type")
                                && entry.getKey().startsWith("transforms.")
                                && !entry.getValue().equals(TRANSFORM));
    }

    /** The rules of a transform, which come before the sink's own. */
    private static Optional<SchemaRules> transform(Map<String, String> connector) {
        for (String name : List.of(connector.getOrDefault("transforms", "").split(",", -1))) {
            String key = "transforms." + name.strip() + ".";
            if (TRANSFORM.equals(connector.get(key + "type"))) {
                return Optional.of(rules(connector, key));
            }
        }
        return Optional.empty();
    }

    private static SchemaRules rules(Map<String, String> config, String prefix) {
        return SchemaRules.of(
                ConflictPolicy.valueOf(config.getOrDefault(prefix + "conflict.policy", "sidecar")
                        .toUpperCase(Locale.ROOT)),
                config.getOrDefault(prefix + "conflict.policies", ""),
                config.getOrDefault(prefix + "schema.hints", ""));
    }
}
