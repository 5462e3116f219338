package dev.cdcdelta.admin.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what there is to be. A document is {@code {name, config}} as Connect takes it, a configuration with its {@code name}, or a
 * {@link PipelineManifest}.
 */
public final class ManifestFiles {
    private final Variables variables;
    private final Context context;

    /** @param context what the templates of pipelines take from it */
    public ManifestFiles(Variables variables, Context context) {
        this.variables = variables;
        this.context = context;
    }

    /**
     * The configurations, each with its name, by the names of the files, in their order within them.
     *
     * @param place a file, or a directory whose .yaml, .yml and .json files are read
     */
    public List<Map<String, String>> read(Path place) {
        Map<String, Path> origins = new LinkedHashMap<>();
        List<Map<String, String>> all = new ArrayList<>();
        for (Path file : files(place)) {
            for (JsonNode document : ManifestText.documents(file)) {
                for (Map<String, String> config : configs(document, file)) {
                    Path other = origins.put(config.getOrDefault("name", ""), file);
                    if (other != null) {
                        throw CommandException.usage(
                                "The connector " + config.get("name") + " is there twice, in " + other + " and in "
                                        + file + ".",
                                "Take one out, or rename it.");
                    }
                    all.add(config);
                }
            }
        }
        if (all.isEmpty()) {
            throw CommandException.usage(
                    "There is no connector in " + place + ".",
                    "Name a .yaml, .yml or .json file, or a directory of them.");
        }
        return all;
    }

    private List<Map<String, String>> configs(JsonNode document, Path file) {
        if (document.path("kind").asText("").equals("Pipeline")) {
            return PipelineManifest.read(document, file, variables).spec().configs(context);
        }
        Map<String, String> config;
        if (document.path("config").isObject()) {
            config = ManifestText.texts(document.get("config"), file, "config");
            if (!document.path("name").isTextual()) {
                throw ManifestText.malformed(file, "A connector has no name");
            }
            config.put("name", document.get("name").textValue());
        } else {
            config = ManifestText.texts(document, file, "the document");
        }
        if (!config.containsKey("name") || !config.containsKey("connector.class")) {
            throw ManifestText.malformed(file, "A connector has no name or no connector.class");
        }
        config.replaceAll((key, value) -> variables.replace(key, value, String.valueOf(file)));
        return List.of(config);
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The directory " + place + " cannot be read.",
                    e.getClass().getSimpleName(),
                    "Check its permissions.",
                    e);
        }
    }
}
