package dev.cdcdelta.sink.schema;

/** What documents may change about a table's columns. */
public enum SchemaGrowth {
    /** Nothing; the columns are those that the table has, or that the first document gives a new table. */
    NONE,
    /** New fields become new columns; no column changes its type. */
    ADD,
    /** New fields become new columns, and columns are widened without loss where values need it. */
    WIDEN
}
