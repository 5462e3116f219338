package dev.cdcdelta.admin.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML, of which JSON is a part. Messages tell files, lines and keys, and no values. */
final class ManifestText {
    private ManifestText() {}

    /** Those that are not empty; a YAML file may hold several. */
    static List<JsonNode> documents(Path file) {
        try (MappingIterator<JsonNode> documents =
                new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class).readValues(Files.readString(file))) {
            return documents.readAll().stream()
                    .filter(document -> document != null && !document.isNull() && !document.isMissingNode())
                    .toList();
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The file " + file + " is neither YAML nor JSON.",
                    e.getLocation() == null ? "" : "Line " + e.getLocation().getLineNr() + " is wrong.",
                    "Correct it; 'connector config NAME -o yaml' shows how a configuration looks.");
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The file " + file + " cannot be read.",
                    e.getClass().getSimpleName(),
                    "Check its path and permissions.",
                    e);
        }
    }

    /** A map of texts, numbers and booleans, all as texts. */
    static Map<String, String> texts(JsonNode node, Path file, String what) {
        if (!node.isObject()) {
            throw malformed(file, what + " is no map");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw malformed(file, entry.getKey() + " of " + what + " is no text, number or boolean");
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        });
        return texts;
    }

    static CommandException malformed(Path file, String reason) {
        return new CommandException(
                ExitCode.USAGE,
                "The file " + file + " says no connector or pipeline.",
                reason + ".",
                "Write {name, config: {…}}, a configuration with name and connector.class, or {kind: Pipeline, name, database, …}.");
    }
}
