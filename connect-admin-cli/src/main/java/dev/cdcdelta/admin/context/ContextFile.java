package dev.cdcdelta.admin.context;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The JSON file that a local stack writes as {@code stack.json}; anybody may write one by hand. Other keys are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ContextFile(
        @Nullable String bootstrapServers,
        @Nullable String connectUrl,
        @Nullable String mongodbUri,
        @Nullable String s3Endpoint,
        @Nullable String s3Region,
        @Nullable String s3AccessKey,
        @Nullable String s3SecretKey,
        @Nullable String warehouse,
        @Nullable String secretsFile) {
    static final ContextFile NONE = new ContextFile(null, null, null, null, null, null, null, null, null);

    /** Messages tell the place of a mistake and never quote the file: it holds keys. */
    static ContextFile read(Path file) {
        try {
            return new ObjectMapper().readValue(Files.readString(file), ContextFile.class);
        } catch (NoSuchFileException e) {
            throw CommandException.usage(
                    "The context file " + file + " does not exist.",
                    "Name the stack.json of a running local stack, or unset " + ContextSources.CONTEXT_VARIABLE + ".");
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw CommandException.usage(
                    "The context file " + file + " is not a JSON object of strings" + place + ".",
                    "Correct it, for example {\"connectUrl\": \"http://localhost:8083\", \"warehouse\": \"s3a://bucket/path\"}.");
        } catch (IOException e) {
            throw CommandException.usage(
                    "The context file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + ").",
                    "Check its permissions.");
        }
    }

    @Override
    public String toString() {
        return "ContextFile[connectUrl=" + connectUrl + "]";
    }
}
