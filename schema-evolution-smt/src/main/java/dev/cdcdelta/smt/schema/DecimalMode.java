package dev.cdcdelta.smt.schema;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/**
 * How Decimal128 values are stored.
 *
 * @param type {@link ScalarType#DECIMAL128} (text, every value), {@link ScalarType#DOUBLE} (those that a double holds exactly), or a {@link
 *     DecimalType} (those with its digits)
 */
public record DecimalMode(FieldType type) {
    public static final DecimalMode TEXT = new DecimalMode(ScalarType.DECIMAL128);

    /** @throws ConfigException naming {@code key} */
    static DecimalMode parse(String key, String text) {
        String word = text.trim().toLowerCase(Locale.ROOT);
        if (word.equals("string")) {
            return TEXT;
        }
        if (word.equals("double")) {
            return new DecimalMode(ScalarType.DOUBLE);
        }
        return DeclaredType.decimal(word)
                .map(DecimalMode::new)
                .orElseThrow(() -> new ConfigException(
                        key, text, "use string, double or decimal(p,s) with at most 38 digits, as decimal(18,2)"));
    }
}
