package dev.cdcdelta.smt.schema;

/**
 * What columns Decimal128 values have where no rule for their field says otherwise.
 *
 * @param type {@link ScalarType#DECIMAL128} (text, which holds every value), {@link ScalarType#DOUBLE} (those that a double holds
 *     exactly), or a {@link DecimalType} (those of its digits)
 */
public record DecimalMode(FieldType type) {
    public static final DecimalMode TEXT = new DecimalMode(ScalarType.DECIMAL128);

    /**
     * Reads {@code string}, {@code decimal(p,s)} or {@code double}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static DecimalMode of(String text) {
        FieldType type = DeclaredType.of(text);
        if (type == ScalarType.STRING) {
            return TEXT;
        }
        if (type == ScalarType.DOUBLE || type instanceof DecimalType) {
            return new DecimalMode(type);
        }
        throw new IllegalArgumentException("'" + text + "' is none of string, decimal(p,s) and double");
    }

    /** Whether values are text, so that each of them fits. */
    public boolean isText() {
        return type == ScalarType.DECIMAL128;
    }
}
