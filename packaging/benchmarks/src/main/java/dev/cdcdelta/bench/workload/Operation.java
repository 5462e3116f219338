package dev.cdcdelta.bench.workload;

/** What an event tells of its document, with Debezium's letters. */
public enum Operation {
    SNAPSHOT("r"),
    INSERT("c"),
    UPDATE("u"),
    DELETE("d");

    private final String letter;

    Operation(String letter) {
        this.letter = letter;
    }

    public String letter() {
        return letter;
    }
}
