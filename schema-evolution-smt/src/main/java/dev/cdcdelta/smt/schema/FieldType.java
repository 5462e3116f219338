package dev.cdcdelta.smt.schema;

/** What values a field holds. Types that hold no conflict form a join semilattice; its bottom is {@link ScalarType#NOTHING}. */
public sealed interface FieldType permits ScalarType, DecimalType, StructType, ArrayType {
    /**
     * Whether no value with a column form has been seen yet: null, empty arrays and empty documents only. Such a field has no
     * column.
     */
    boolean isVacant();
}
