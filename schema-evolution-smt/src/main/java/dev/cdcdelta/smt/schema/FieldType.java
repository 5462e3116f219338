package dev.cdcdelta.smt.schema;

/** What values a field holds. The set of types with {@code merge} is a join semilattice; its bottom is {@link ScalarType#NOTHING}. */
public sealed interface FieldType permits ScalarType, DecimalType, StructType, ArrayType {}
