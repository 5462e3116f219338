package dev.cdcdelta.admin.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The file of named contexts, YAML or JSON. Messages name keys and lines, never values. */
public final class ContextsFile {
    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";

    private final Path file;

    ContextsFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /** No contexts where there is no file. */
    public Contexts read() {
        try {
            return parse(yaml().readTree(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return new Contexts(null, Map.of());
        } catch (JsonProcessingException e) {
            throw malformed(
                    e.getLocation() == null
                            ? "It is not YAML."
                            : "Line " + e.getLocation().getLineNr() + " is not YAML.");
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    /** Replaces the file in one step; comments in it are lost. */
    public void write(Contexts contexts) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (contexts.current() != null) {
            content.put(CURRENT, contexts.current());
        }
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        contexts.byName().forEach((name, values) -> all.put(name, values.shown()));
        content.put(CONTEXTS, all);
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory == null) {
                throw malformed("Its path names no file.");
            }
            Files.createDirectories(directory);
            Path next = Files.createTempFile(directory, "contexts", ".tmp");
            Files.writeString(next, yaml().writeValueAsString(content));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable("written", e);
        }
    }

    private Contexts parse(JsonNode content) {
        if (content == null || content.isMissingNode() || content.isNull()) {
            return new Contexts(null, Map.of());
        }
        content.fieldNames().forEachRemaining(key -> {
            if (!key.equals(CURRENT) && !key.equals(CONTEXTS)) {
                throw malformed("The key " + key + " is unknown; '" + CURRENT + "' and '" + CONTEXTS + "' are known.");
            }
        });
        Map<String, ContextValues> all = new TreeMap<>();
        content.path(CONTEXTS).properties().forEach(entry -> all.put(entry.getKey(), values(entry)));
        return new Contexts(content.path(CURRENT).textValue(), all);
    }

    private ContextValues values(Map.Entry<String, JsonNode> context) {
        Map<String, String> texts = new LinkedHashMap<>();
        context.getValue().properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw malformed(entry.getKey() + " of context " + context.getKey() + " is no text.");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        });
        return values(texts);
    }

    /** A context of these keys and values, for this file. */
    public ContextValues values(Map<String, String> texts) {
        Map<ContextKey, String> values = new EnumMap<>(ContextKey.class);
        texts.forEach((label, text) -> values.put(
                ContextKey.of(label)
                        .orElseThrow(() -> CommandException.usage(
                                "A context knows no key '" + label + "'.", "It knows " + ContextKey.labels() + ".")),
                text));
        Path directory = file.toAbsolutePath().getParent();
        return new ContextValues(values, directory == null ? file : directory, false);
    }

    private static ObjectMapper yaml() {
        return new ObjectMapper(new YAMLFactory());
    }

    private CommandException malformed(String reason) {
        return new CommandException(
                ExitCode.USAGE,
                "The context file " + file + " is malformed.",
                reason,
                "Correct it: '" + CONTEXTS + "' holds a map of texts by the name of each context, '" + CURRENT
                        + "' one of these names.");
    }

    private CommandException unusable(String verb, IOException e) {
        return new CommandException(
                ExitCode.USAGE,
                "The context file " + file + " cannot be " + verb + ".",
                e.getClass().getSimpleName(),
                "Check its permissions, or name another file with " + ContextSources.CONTEXTS_VARIABLE + ".",
                e);
    }
}
