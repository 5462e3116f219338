package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.results.PeerName;

/** What is measured beside each other. */
public enum Contender {
    OURS_APPEND(PeerName.OURS_APPEND, Kind.SINK),
    OURS_UPSERT(PeerName.OURS_UPSERT, Kind.SINK),
    /** Typed by its MongoDebeziumTransform. */
    ICEBERG_APPEND(PeerName.ICEBERG_APPEND, Kind.ICEBERG),
    /** Documents as plain JSON, without a transform. */
    ICEBERG_PLAIN(PeerName.ICEBERG_PLAIN, Kind.ICEBERG),
    SPARK_APPEND(PeerName.SPARK_APPEND, Kind.SPARK),
    SPARK_MERGE(PeerName.SPARK_MERGE, Kind.SPARK);

    private final PeerName label;
    private final Kind kind;

    Contender(PeerName label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    /** In which process it runs. */
    enum Kind {
        SINK,
        ICEBERG,
        SPARK
    }

    /** For readers. */
    String title() {
        return label.title();
    }

    Kind kind() {
        return kind;
    }

    /** Whether it changes documents that are there; the others add new ones. */
    boolean upserts() {
        return this == OURS_UPSERT || this == SPARK_MERGE;
    }

    /** What the names of its figures begin with. */
    String key() {
        return label.key();
    }
}
