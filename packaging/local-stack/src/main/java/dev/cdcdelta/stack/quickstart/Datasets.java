package dev.cdcdelta.stack.quickstart;

import dev.cdcdelta.stack.process.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.bson.BsonDocument;

/** The bundled collections of real documents; see {@code datasets/README.md} for where they come from. */
public final class Datasets {
    public static final String DATABASE = "samples";

    /** One resource {@code datasets/<name>.jsonl.gz} each; a test holds list and resources together. */
    private static final List<String> NAMES = List.of("browser_releases", "emoji", "media_types", "web_features");

    private Datasets() {}

    /** Names of the collections. */
    public static List<String> names() {
        return NAMES;
    }

    public static List<BsonDocument> read(String name) {
        String resource = "/datasets/" + name + ".jsonl.gz";
        try (InputStream stream = Datasets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new StackException("The data set " + resource + " is missing in the jar. Build it again.");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8));
            return lines.lines().map(BsonDocument::parse).toList();
        } catch (IOException e) {
            throw new StackException("The data set " + resource + " cannot be read: " + e, e);
        }
    }
}
