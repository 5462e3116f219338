package dev.cdcdelta.bench.results;

/** What the peers suite measures: its names in JSON and for readers. */
public enum PeerName {
    OURS_APPEND("oursAppend", "ours, append", BarChart.Colour.OURS),
    OURS_UPSERT("oursUpsert", "ours, upsert", BarChart.Colour.OURS),
    ICEBERG_APPEND("icebergAppend", "Iceberg, append", BarChart.Colour.PEER),
    ICEBERG_PLAIN("icebergPlain", "Iceberg, append of plain JSON", BarChart.Colour.PEER),
    SPARK_APPEND("sparkAppend", "Spark, append", BarChart.Colour.PEER),
    SPARK_MERGE("sparkMerge", "Spark, MERGE", BarChart.Colour.PEER);

    private final String key;
    private final String title;
    private final BarChart.Colour colour;

    PeerName(String key, String title, BarChart.Colour colour) {
        this.key = key;
        this.title = title;
        this.colour = colour;
    }

    /** What the names of its figures begin with. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    BarChart.Colour colour() {
        return colour;
    }
}
