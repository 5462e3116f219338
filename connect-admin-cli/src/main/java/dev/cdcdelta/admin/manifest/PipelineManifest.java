package dev.cdcdelta.admin.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.admin.pipeline.CollectionFilter;
import dev.cdcdelta.admin.pipeline.PipelineSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pipeline in a file, which means what {@code pipeline create} means with its options: {@code kind: Pipeline, name, database,
 * collections, tasks, dlq}, and under {@code source}, {@code sink} and {@code reconciliation} settings on top of the templates. A
 * {@code reconciliation}, be it empty, asks for one.
 */
record PipelineManifest(PipelineSpec spec) {
    private static final Set<String> KEYS =
            Set.of("kind", "name", "database", "collections", "tasks", "dlq", "source", "sink", "reconciliation");

    static PipelineManifest read(JsonNode document, Path file, Variables variables) {
        Set<String> unknown = new TreeSet<>();
        document.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw ManifestText.malformed(file, "A pipeline knows no " + String.join(", ", unknown));
        }
        String database = text(document, "database", file, variables);
        List<CollectionFilter> collections = collections(document, file, variables);
        Optional<String> name =
                document.has("name") ? Optional.of(text(document, "name", file, variables)) : Optional.empty();
        return new PipelineManifest(new PipelineSpec(
                PipelineSpec.name(name, database, collections),
                database,
                collections,
                tasks(document, file, variables),
                document.path("dlq").asBoolean(false),
                settings(document, "source", file, variables),
                settings(document, "sink", file, variables),
                document.has("reconciliation") ? settings(document, "reconciliation", file, variables) : null));
    }

    private static String text(JsonNode document, String key, Path file, Variables variables) {
        JsonNode value = document.path(key);
        if (!value.isValueNode() || value.isNull()) {
            throw ManifestText.malformed(file, "A pipeline has no " + key);
        }
        return variables.replace(key, value.asText(), String.valueOf(file));
    }

    private static int tasks(JsonNode document, Path file, Variables variables) {
        if (!document.has("tasks")) {
            return 1;
        }
        String tasks = text(document, "tasks", file, variables);
        if (!tasks.matches("\\d{1,6}")) {
            throw ManifestText.malformed(file, "tasks of a pipeline is no number");
        }
        return Integer.parseInt(tasks);
    }

    private static List<CollectionFilter> collections(JsonNode document, Path file, Variables variables) {
        JsonNode collections = document.path("collections");
        if (!collections.isArray()) {
            throw ManifestText.malformed(file, "collections of a pipeline is no list");
        }
        List<CollectionFilter> filters = new ArrayList<>();
        collections.forEach(each -> filters.add(
                new CollectionFilter(variables.replace("collections", each.asText(), String.valueOf(file)))));
        return filters;
    }

    private static Map<String, String> settings(JsonNode document, String part, Path file, Variables variables) {
        JsonNode settings = document.path(part);
        if (settings.isMissingNode() || settings.isNull()) {
            return Map.of();
        }
        Map<String, String> texts = ManifestText.texts(settings, file, part);
        texts.replaceAll((key, value) -> variables.replace(key, value, String.valueOf(file)));
        return texts;
    }
}
