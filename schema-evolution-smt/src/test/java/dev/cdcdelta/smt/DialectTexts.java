package dev.cdcdelta.smt;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Documents as extended JSON of any dialect, with white space and without. */
public final class DialectTexts {
    private static final List<JsonMode> MODES = List.of(JsonMode.STRICT, JsonMode.EXTENDED, JsonMode.RELAXED);

    private final Random random;

    public DialectTexts(Random random) {
        this.random = random;
    }

    public String of(BsonDocument document) {
        if (random.nextInt(4) == 0) {
            return ExtendedJson.text(document);
        }
        return document.toJson(JsonWriterSettings.builder()
                .outputMode(MODES.get(random.nextInt(MODES.size())))
                .indent(random.nextInt(5) == 0)
                .build());
    }
}
