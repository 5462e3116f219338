package dev.cdcdelta.sink.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NumberConversionTest {
    private static final Object UNFIT = Conversion.UNFIT;
    private static final DecimalType MONEY = new DecimalType(6, 2);

    static Arguments[] numbers() {
        return new Arguments[] {
            Arguments.of(ScalarType.INT32, 5L, 5),
            Arguments.of(ScalarType.INT32, 5_000_000_000L, UNFIT),
            Arguments.of(ScalarType.INT32, (byte) 3, 3),
            Arguments.of(ScalarType.INT64, 7, 7L),
            Arguments.of(ScalarType.INT64, 7.0, 7L),
            Arguments.of(ScalarType.INT64, 7.5, UNFIT),
            Arguments.of(ScalarType.INT64, -0.0, UNFIT),
            Arguments.of(ScalarType.INT64, 0x1p63, UNFIT),
            Arguments.of(ScalarType.INT64, -0x1p63, Long.MIN_VALUE),
            Arguments.of(ScalarType.INT64, Double.NaN, UNFIT),
            Arguments.of(ScalarType.INT64, new BigDecimal("12.00"), 12L),
            Arguments.of(ScalarType.INT64, new BigDecimal("12.5"), UNFIT),
            Arguments.of(ScalarType.DOUBLE, 5, 5.0),
            Arguments.of(ScalarType.DOUBLE, (1L << 53) + 1, UNFIT),
            Arguments.of(ScalarType.DOUBLE, Long.MAX_VALUE, UNFIT),
            Arguments.of(ScalarType.DOUBLE, 0.5f, 0.5),
            Arguments.of(ScalarType.DOUBLE, new BigDecimal("0.5"), 0.5),
            Arguments.of(ScalarType.DOUBLE, new BigDecimal("0.1"), UNFIT),
            Arguments.of(ScalarType.FLOAT, 0.1, UNFIT),
            Arguments.of(ScalarType.FLOAT, 0.5, 0.5f),
            Arguments.of(MONEY, 12, new BigDecimal("12.00")),
            Arguments.of(MONEY, 12.25, new BigDecimal("12.25")),
            Arguments.of(MONEY, 12.125, UNFIT),
            Arguments.of(MONEY, 12345, UNFIT),
            Arguments.of(MONEY, Double.POSITIVE_INFINITY, UNFIT),
            Arguments.of(MONEY, new BigDecimal("1.5"), new BigDecimal("1.50")),
        };
    }

    @ParameterizedTest(name = "{1} into {0}")
    @MethodSource("numbers")
    void aNumberFitsWhereTheColumnHoldsExactlyIt(FieldType column, Number value, Object expected) {
        assertThat(NumberConversion.to(column).convert(value)).isEqualTo(expected);
    }
}
