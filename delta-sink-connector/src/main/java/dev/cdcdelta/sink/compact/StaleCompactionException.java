package dev.cdcdelta.sink.compact;

/** The table is another one than that which a compaction was made for, so that its files are of no use. */
final class StaleCompactionException extends Exception {
    private static final long serialVersionUID = 1L;

    StaleCompactionException(String reason) {
        super(reason);
    }
}
