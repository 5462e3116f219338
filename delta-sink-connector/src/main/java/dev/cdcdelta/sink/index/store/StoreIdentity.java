package dev.cdcdelta.sink.index.store;

/**
 * What a store is of.
 *
 * @param table the Delta table's id
 * @param covers which of its files
 */
public record StoreIdentity(String table, String connector, String covers) {}
