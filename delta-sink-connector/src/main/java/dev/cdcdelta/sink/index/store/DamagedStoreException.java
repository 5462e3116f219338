package dev.cdcdelta.sink.index.store;

/** The store is not what was written to it, or cannot prove that it is. It has to be built anew. */
public final class DamagedStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    public DamagedStoreException(String message) {
        super(message);
    }

    public DamagedStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
