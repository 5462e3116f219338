package dev.cdcdelta.bench.peers;

import java.util.Locale;

/** What is measured beside each other. */
public enum Contender {
    OURS_APPEND("ours, append", Kind.SINK),
    OURS_UPSERT("ours, upsert", Kind.SINK),
    /** Typed by its MongoDebeziumTransform. */
    ICEBERG_APPEND("Iceberg, append", Kind.ICEBERG),
    /** Documents as plain JSON, without a transform. */
    ICEBERG_PLAIN("Iceberg, append of plain JSON", Kind.ICEBERG),
    SPARK_APPEND("Spark, append", Kind.SPARK),
    SPARK_MERGE("Spark, MERGE", Kind.SPARK);

    /** In which process it runs. */
    enum Kind {
        SINK,
        ICEBERG,
        SPARK
    }

    private final String title;
    private final Kind kind;

    Contender(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** For readers. */
    public String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** Whether it changes documents that are there; the others add new ones. */
    boolean upserts() {
        return this == OURS_UPSERT || this == SPARK_MERGE;
    }

    /** Its name in the JSON of results, oursAppend for example. */
    public String key() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_");
        return words[0] + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1);
    }
}
