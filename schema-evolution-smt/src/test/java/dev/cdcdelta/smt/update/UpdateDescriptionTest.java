package dev.cdcdelta.smt.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateDescriptionTest {
    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'a':1,'b':2}           | {'b':3}                  | {'a':1,'b':3}",
                "{'a':{'b':1,'c':2}}     | {'a.b':5}                | {'a':{'b':5,'c':2}}",
                "{'a':{'b':1}}           | {'a.c':{'d':[1]}}        | {'a':{'b':1,'c':{'d':[1]}}}",
                "{'a':[1,2,3]}           | {'a.1':9}                | {'a':[1,9,3]}",
                "{'a':[1]}               | {'a.3':4}                | {'a':[1,null,null,4]}",
                "{'a':[{'b':1},{'b':2}]} | {'a.1.b':'x'}            | {'a':[{'b':1},{'b':'x'}]}",
                "{'a':{'1':1}}           | {'a.1':2}                | {'a':{'1':2}}",
                "{'x':1}                 | {'a.0':2,'a.1':3}        | {'x':1,'a':[2,3]}",
                "{'x':1}                 | {'a.2024':2}             | {'x':1,'a':{'2024':2}}",
                "{'x':1}                 | {'a.b.c':2}              | {'x':1,'a':{'b':{'c':2}}}",
                "{'a.b':1,'x':2}         | {'a.b':5}                | {'a.b':5,'x':2}",
                "{'a.b':{'c':1}}         | {'a.b.c':5}              | {'a.b':{'c':5}}",
                "{'a':{'b':1},'a.b':2}   | {'a.b':5}                | {'a':{'b':5},'a.b':2}",
                "{'a':5,'a.b':2}         | {'a.b':6}                | {'a':5,'a.b':6}",
                "{'$a':{'$b':1}}         | {'$a.$b':2}              | {'$a':{'$b':2}}",
                "{'a':5}                 | {'a.b':2}                | {'a':{'b':2}}",
                "{'a':[1]}               | {'a.b':2}                | {'a':{'b':2}}",
                "{'a':{'':1}}            | {'a.':2}                 | {'a':{'':2}}",
            })
    void setsTheValueAtItsPath(String before, String updated, String after) {
        BsonDocument document = bson(before);

        BsonDocument result = update(updated, List.of()).applyTo(document);

        assertThat(ExtendedJson.text(result)).isEqualTo(ExtendedJson.text(bson(after)));
        assertThat(document).as("the document before").isEqualTo(bson(before));
    }

    @ParameterizedTest(name = "{0} - {1} = {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'a':1,'b':2}     | b     | {'a':1}",
                "{'a':{'b':1}}     | a.b   | {'a':{}}",
                "{'a.b':1,'c':2}   | a.b   | {'c':2}",
                "{'a':[{'b':1}]}   | a.0.b | {'a':[{}]}",
                "{'a':[1,2]}       | a.1   | {'a':[1,null]}",
                "{'a':5}           | a.b   | {'a':5}",
                "{'a':5}           | x     | {'a':5}",
            })
    void removesWhatIsThere(String before, String removed, String after) {
        assertThat(update("{}", List.of(removed)).applyTo(bson(before))).isEqualTo(bson(after));
    }

    @Test
    void cutsArraysShortBeforeItSetsTheirElements() {
        UpdateDescription update = UpdateDescription.of(Map.of(
                "updatedFields",
                "{\"a.b.1\": 7, \"a.b.2\": 8}",
                "truncatedArrays",
                List.of(Map.of("field", "a.b", "size", 2), Map.of("field", "missing", "size", 0))));

        assertThat(update.applyTo(bson("{'a':{'b':[1,2,3,4]}}"))).isEqualTo(bson("{'a':{'b':[1,7,8]}}"));
    }

    @Test
    void disambiguatedPathsTellDotsAndDigitsInNames() {
        UpdateDescription update = UpdateDescription.of(Map.of(
                "updatedFields",
                "{\"a.b\": 1, \"c.0\": 2, \"d.0\": 3}",
                "disambiguatedPaths",
                "{\"a.b\": [\"a.b\"], \"c.0\": [\"c\", \"0\"], \"d.0\": [\"d\", 0]}"));

        BsonDocument after = update.applyTo(bson("{'a':{'b':0},'c':{},'d':[0]}"));

        assertThat(after).isEqualTo(bson("{'a':{'b':0},'c':{'0':2},'d':[3],'a.b':1}"));
        assertThat(UpdateDescription.of(update.toConnect())).isEqualTo(update);
    }

    @Test
    void theConnectFormLosesNothing() {
        UpdateDescription update = UpdateDescription.of(Map.of(
                "updatedFields", "{\"a\": {\"$oid\": \"5f1a2b3c4d5e6f7a8b9c0d1e\"}, \"b.c\": 2.0}",
                "removedFields", List.of("x", "y.z"),
                "truncatedArrays", List.of(Map.of("field", "l", "size", 3L))));

        assertThat(UpdateDescription.isOne(update.toConnect())).isTrue();
        assertThat(UpdateDescription.of(update.toConnect())).isEqualTo(update);
    }

    @Test
    void whatDebeziumDoesNotWriteIsRefused() {
        Map<String, Object> broken = new HashMap<>();
        broken.put("truncatedArrays", List.of(Map.of("field", "a")));

        assertThatThrownBy(() -> UpdateDescription.of(broken))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'truncatedArrays'");
        assertThatThrownBy(() -> UpdateDescription.of("text")).hasMessageContaining("'updateDescription'");
        assertThatThrownBy(() -> update("{'a.5000000':1}", List.of()).applyTo(bson("{'a':[]}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("element 5000000");
    }

    private static UpdateDescription update(String updated, List<String> removed) {
        return UpdateDescription.of(
                Map.of("updatedFields", updated.strip().replace('\'', '"'), "removedFields", removed));
    }

    private static BsonDocument bson(String text) {
        return ExtendedJson.parseDocument(text.strip().replace('\'', '"'));
    }
}
