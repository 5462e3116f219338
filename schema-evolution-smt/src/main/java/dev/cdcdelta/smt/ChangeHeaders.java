package dev.cdcdelta.smt;

/** Record headers in which the transform hands on what the envelope said of the change. */
public final class ChangeHeaders {
    /** String: {@code c}, {@code u}, {@code d} or {@code r}, as in Debezium's envelope. */
    public static final String OPERATION = "cdcdelta.op";

    /** int64: the source's cluster time in milliseconds since the epoch ({@code source.ts_ms}). */
    public static final String SOURCE_TIME = "cdcdelta.ts_ms";

    /** int32: the order within that cluster time ({@code source.ord}). */
    public static final String SOURCE_ORDINAL = "cdcdelta.ord";

    /** String: the whole document as canonical extended JSON, where the transform is told to hand it on. */
    public static final String WHOLE_DOCUMENT = "cdcdelta.doc";

    public static final String DATABASE = "cdcdelta.db";
    public static final String COLLECTION = "cdcdelta.collection";

    private ChangeHeaders() {}
}
