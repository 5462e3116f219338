package dev.cdcdelta.admin.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The JSON file of one context that a local stack writes as {@code stack.json}; anybody may write one by hand. Other keys are ignored. */
final class ContextFile {
    private ContextFile() {}

    /** Messages tell the place of a mistake and never quote the file: it holds keys. */
    static ContextValues read(Path file) {
        try {
            JsonNode content = new ObjectMapper().readTree(Files.readString(file));
            Map<ContextKey, String> values = new EnumMap<>(ContextKey.class);
            if (content == null || !content.isObject()) {
                throw malformed(file, "");
            }
            for (ContextKey key : ContextKey.values()) {
                JsonNode value = content.get(key.label());
                if (value != null && !value.isNull()) {
                    if (!value.isTextual()) {
                        throw malformed(file, " (" + key.label() + ")");
                    }
                    values.put(key, value.textValue());
                }
            }
            Path parent = file.toAbsolutePath().getParent();
            return new ContextValues(values, parent == null ? file : parent, true);
        } catch (NoSuchFileException e) {
            throw CommandException.usage(
                    "The context file " + file + " does not exist.",
                    "Name the stack.json of a running local stack or a context of 'context list', or unset "
                            + ContextSources.CONTEXT_VARIABLE + ".");
        } catch (JsonProcessingException e) {
            throw malformed(
                    file,
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw CommandException.usage(
                    "The context file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ").",
                    "Check its permissions.");
        }
    }

    private static CommandException malformed(Path file, String place) {
        return CommandException.usage(
                "The context file " + file + " is not a JSON object of strings" + place + ".",
                "Correct it, for example {\"connectUrl\": \"http://localhost:8083\", \"warehouse\": \"s3a://bucket/path\"}.");
    }
}
