package dev.cdcdelta.admin.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A source that asks for images from before a change gets them of collections that keep some. */
public final class PreImageCheck implements Check {
    private final MongoSide mongo;
    private final Map<String, String> source;

    /** @param source the source connector's configuration */
    public PreImageCheck(MongoSide mongo, Map<String, String> source) {
        this.mongo = mongo;
        this.source = Map.copyOf(source);
    }

    @Override
    public String name() {
        return "pre-images";
    }

    @Override
    public List<Diagnosis> run() {
        String mode = source.getOrDefault("capture.mode", "change_streams_update_full");
        if (!mode.contains("pre_image")) {
            return List.of(Diagnosis.ok(name(), "capture.mode=" + mode + " needs none."));
        }
        List<String> without = new ArrayList<>();
        List<Pattern> included = CollectionList.patterns(source);
        for (String database : CollectionList.databases(source)) {
            Map<String, Boolean> collections = mongo.collections(database);
            for (String collection : new TreeSet<>(collections.keySet())) {
                String namespace = database + "." + collection;
                boolean wanted = included.stream()
                        .anyMatch(pattern -> pattern.matcher(namespace).matches());
                if (wanted && !collections.getOrDefault(collection, false)) {
                    without.add(namespace);
                }
            }
        }
        return List.of(
                without.isEmpty()
                        ? Diagnosis.ok(name(), "All collections of the source keep them.")
                        : Diagnosis.failed(
                                name(),
                                "capture.mode=" + mode + ", and these collections keep no images: "
                                        + String.join(", ", without) + ".",
                                "Their events come without the image before; the source may stop.",
                                "For each: db.runCommand({collMod: NAME, changeStreamPreAndPostImages: {enabled: true}}), or another"
                                        + " capture.mode."));
    }
}
