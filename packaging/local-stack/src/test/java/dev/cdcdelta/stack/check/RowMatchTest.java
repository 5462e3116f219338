package dev.cdcdelta.stack.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowMatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{_id: 1, a: 'x'} | {'_id': 1, 'a': 'x', '_cdc_op': 'c', 'other': null}",
                "{_id: {$oid: '0123456789abcdef01234567'}} | {'_id': '0123456789abcdef01234567'}",
                "{_id: 5} | {'_id': '{\\'$numberInt\\': \\'5\\'}'}",
                "{_id: 1, a: 5} | {'_id': 1, 'a': 5.0}",
                "{_id: 1, a: {$numberLong: '9223372036854775807'}} | {'_id': 1, 'a': 9223372036854775807}",
                "{_id: 1, a: {$numberDouble: 'NaN'}, b: -0.0} | {'_id': 1, 'a': 'NaN', 'b': -0.0}",
                "{_id: 1, a: {$numberDecimal: '1.10'}} | {'_id': 1, 'a': '1.10'}",
                "{_id: 1, a: {$date: {$numberLong: '1700000000123'}}} | {'_id': 1, 'a': '2023-11-14T22:13:20.123Z'}",
                "{_id: 1, a: {$date: {$numberLong: '9223372036854775807'}}} | {'_id': 1, 'a': '{\\'$date\\': {\\'$numberLong\\': \\'9223372036854775807\\'}}'}",
                "{_id: 1, a: {$binary: {base64: 'AQI=', subType: '00'}}} | {'_id': 1, 'a': 'AQI='}",
                "{_id: 1, a: {b: [1, null, {c: 2}]}} | {'_id': 1, 'a': {'b': [1, null, {'c': 2, 'd': null}]}}",
                "{_id: 1, a: 'x'} | {'_id': 1, 'a': null, 'a__json': '\\'x\\''}",
                "{_id: 1, a: {}, b: [], c: null, d: [{}, null]} | {'_id': 1}",
                "{_id: 1, 'a b': 1, x__json: 2} | {'_id': 1, 'a%20b': 1, 'x__json_': 2}"
            })
    void equals(String document, String row) {
        assertThat(difference(document, row)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is not {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{_id: 1, a: 1} | {'_id': 1, 'a': 2} | a differs",
                "{_id: 1, a: 1} | {'_id': 2, 'a': 1} | _id differs",
                "{_id: 1, a: 1} | {'_id': 1} | a is not in the table",
                "{_id: 1} | {'_id': 1, 'a': 1} | a is only in the table",
                "{_id: 1, a: {b: 1}} | {'_id': 1, 'a': {'b': 1, 'c': 2}} | a.c is only in the table",
                "{_id: 1, a: null} | {'_id': 1, 'a': 0} | a is null, but not in the table",
                "{_id: 1, a: '1'} | {'_id': 1, 'a': 1} | a differs",
                "{_id: 1, a: 1} | {'_id': 1, 'a': '1'} | a differs",
                "{_id: 1, a: 0.0} | {'_id': 1, 'a': -0.0} | a differs",
                "{_id: 1, a: {$numberLong: '9007199254740993'}} | {'_id': 1, 'a': 9007199254740992.0} | a differs",
                "{_id: 1, a: [1, 2]} | {'_id': 1, 'a': [1]} | a is no array of the same length in the table",
                "{_id: 1, a: 1} | {'_id': 1, 'a': 1, 'a__json': '1'} | a stands in the table twice, typed and as JSON",
                "{_id: 1, a: {$numberLong: '1'}} | {'_id': 1, 'a__json': '1'} | a differs from its JSON in the table"
            })
    void differs(String document, String row, String difference) {
        assertThat(difference(document, row)).contains(difference);
    }

    private static Optional<String> difference(String document, String row) {
        // A quote within a text of the row is written \' here.
        String json = row.replace("\\'", "\u0001").replace("'", "\"").replace("\u0001", "\\\"");
        try {
            return RowMatch.difference(BsonDocument.parse(document), JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
