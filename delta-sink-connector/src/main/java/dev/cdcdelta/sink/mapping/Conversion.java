package dev.cdcdelta.sink.mapping;

/** Turns a non-null Connect value into the Java form of one column type. */
@FunctionalInterface
interface Conversion {
    /** Returned for a value that the column cannot hold without loss. */
    Object UNFIT = new Object();

    Object convert(Object value);
}
