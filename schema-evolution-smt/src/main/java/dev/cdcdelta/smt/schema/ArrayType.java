package dev.cdcdelta.smt.schema;

/** Lists whose elements are all of one type, or null. */
public record ArrayType(FieldType element) implements FieldType {
    @Override
    public boolean isVacant() {
        return element.isVacant();
    }
}
