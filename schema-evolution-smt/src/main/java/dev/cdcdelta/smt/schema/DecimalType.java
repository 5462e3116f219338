package dev.cdcdelta.smt.schema;

/** Decimal numbers of at most {@code precision} digits (1 to 38), {@code scale} of them behind the point. */
public record DecimalType(int precision, int scale) implements FieldType {
    public DecimalType {
        if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale + ") is outside decimal(38,s)");
        }
    }

    @Override
    public boolean isVacant() {
        return false;
    }
}
