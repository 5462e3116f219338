package dev.cdcdelta.smt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.Objects;
import org.bson.BsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declared type takes, and as what; a value that it does not take goes by the policy of its field, never bent. */
class DeclaredValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "refused", quoteCharacter = '\0', textBlock = """
            int               | 5                                        | 5
            int               | 5.0                                      | 5
            int               | 5.5                                      | refused
            int               | -0.0                                     | refused
            int               | 2147483648                               | refused
            int               | 2147483647.0                             | 2147483647
            int               | {"$numberDecimal":"5.00"}                | 5
            int               | {"$numberDecimal":"NaN"}                 | refused
            int               | "7"                                      | refused
            int               | true                                     | refused
            int               | null                                     | null
            bigint            | "7"                                      | refused
            bigint            | 7                                        | {"$numberLong":"7"}
            bigint            | 9007199254740993.0                       | {"$numberLong":"9007199254740992"}
            bigint            | 9223372036854775808.0                    | refused
            bigint            | {"$date":7}                              | refused
            double            | 7                                        | 7.0
            double            | {"$numberLong":"9007199254740993"}       | refused
            double            | {"$numberLong":"9007199254740992"}       | 9007199254740992.0
            double            | {"$numberDecimal":"0.1"}                 | refused
            double            | {"$numberDecimal":"0.5"}                 | 0.5
            double            | NaN                                      | NaN
            decimal(5,2)      | {"$numberDecimal":"123.45"}              | {"$numberDecimal":"123.45"}
            decimal(5,2)      | {"$numberDecimal":"1234.5"}              | refused
            decimal(5,2)      | {"$numberDecimal":"0.125"}               | refused
            decimal(5,2)      | {"$numberDecimal":"Infinity"}            | refused
            decimal(5,2)      | "1.5"                                    | refused
            string            | "7"                                      | "7"
            string            | 7                                        | refused
            string            | {"$oid":"65a1b2c3d4e5f60718293a4b"}      | {"$oid":"65a1b2c3d4e5f60718293a4b"}
            string            | {"a":1}                                  | refused
            timestamp         | {"$date":7}                              | {"$date":7}
            timestamp         | "2024-01-01"                             | refused
            timestamp         | 7                                        | refused
            boolean           | true                                     | true
            boolean           | 1                                        | refused
            binary            | {"$binary":"AQI=","$type":"00"}          | {"$binary":"AQI=","$type":"00"}
            binary            | "AQI="                                   | refused
            array<bigint>     | [1, 2.0]                                 | [{"$numberLong":"1"}, {"$numberLong":"2"}]
            array<bigint>     | [1, 2.5]                                 | refused
            array<bigint>     | [1, null]                                | [{"$numberLong":"1"}, null]
            array<bigint>     | []                                       | []
            array<bigint>     | 1                                        | refused
            """)
    void areTakenExactlyOrNotAtAll(String type, String value, String expected) {
        BsonValue fit = DeclaredValues.fit(DeclaredType.of(type), ExtendedJson.parse(value));
        if (expected == null) {
            assertThat(fit).isNull();
        } else {
            assertThat(ExtendedJson.text(Objects.requireNonNull(fit)))
                    .isEqualTo(ExtendedJson.text(ExtendedJson.parse(expected)));
        }
    }
}
