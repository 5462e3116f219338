package dev.cdcdelta.sink.task;

/** Why a record cannot be written. Few, for each is a metric. */
enum Refusal {
    /** It names no table. */
    NO_TABLE("no-table"),
    /** It is no change of a document. */
    UNREADABLE("unreadable"),
    /** Its document fits no row of the table. */
    NO_ROW("no-row"),
    /** It is an update that cannot be applied. */
    UPDATE("update");

    private final String word;

    Refusal(String word) {
        this.word = word;
    }

    /** As metrics tell it. */
    String word() {
        return word;
    }
}
