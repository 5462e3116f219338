package dev.cdcdelta.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as JSON, anchors and merges resolved, which Jackson's own parser does not do. */
final class Yaml {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Yaml() {}

    static JsonNode read(Path file) throws IOException {
        List<JsonNode> documents = readAll(file);
        if (documents.size() != 1) {
            throw new IOException(file + " holds " + documents.size() + " documents, not one");
        }
        return documents.get(0);
    }

    static List<JsonNode> readAll(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (Object document :
                    new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }
}
