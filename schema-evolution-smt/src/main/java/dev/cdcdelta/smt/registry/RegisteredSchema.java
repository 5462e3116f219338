package dev.cdcdelta.smt.registry;

/**
 * One version of a subject.
 *
 * @param version counted by the registry, from 1
 * @param schema the text, Avro unless something else writes to the subject
 */
record RegisteredSchema(int version, String schema) {}
