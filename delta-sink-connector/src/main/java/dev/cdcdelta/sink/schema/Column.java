package dev.cdcdelta.sink.schema;

/**
 * One column of a table, or one field of a struct column. Every column is nullable.
 *
 * @param name the name in the table, fit for Delta and unique without regard to case among its siblings
 * @param field the name in the document, kept in the column's Delta metadata so that the mapping is reversible
 */
public record Column(String name, String field, ColumnType type) {}
