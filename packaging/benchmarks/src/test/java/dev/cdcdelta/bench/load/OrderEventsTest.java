package dev.cdcdelta.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"SMALL, 300, 10", "MEDIUM, 1360, 26", "LARGE, 3600, 26"})
    void documentsHaveTheLengthThatTheyAreNamedFor(DocumentSize size, int length, int fields) throws IOException {
        OrderEvents events = new OrderEvents(7, size, "load", "orders");

        String text = after(events, new ChangePlan.Change(42, ChangePlan.Kind.UPDATE, 1_000));

        assertThat(text.length()).isBetween(length * 9 / 10, length * 11 / 10);
        assertThat(BsonDocument.parse(text)).hasSize(fields);
    }

    @Test
    void keyNamesTheDocument() throws IOException {
        OrderEvents events = new OrderEvents(7, DocumentSize.SMALL, "load", "orders");

        BsonDocument key = BsonDocument.parse(
                "{\"id\": " + JSON.readTree(events.key(123_456)).path("id").asText() + "}");
        BsonDocument document =
                BsonDocument.parse(after(events, new ChangePlan.Change(123_456, ChangePlan.Kind.INSERT, 9)));

        assertThat(document.get("_id")).isEqualTo(key.get("id"));
        assertThat(document.isObjectId("_id")).isTrue();
    }

    @Test
    void deleteHasNoImageAndLaterEventsLaterTimes() throws IOException {
        OrderEvents events = new OrderEvents(7, DocumentSize.SMALL, "load", "orders");

        JsonNode first = JSON.readTree(events.value(new ChangePlan.Change(1, ChangePlan.Kind.DELETE, 1_999)));
        JsonNode second = JSON.readTree(events.value(new ChangePlan.Change(1, ChangePlan.Kind.INSERT, 2_000)));

        assertThat(first.path("after").isNull()).isTrue();
        assertThat(first.path("op").asText()).isEqualTo("d");
        assertThat(second.at("/source/ts_ms").asLong())
                .isGreaterThan(first.at("/source/ts_ms").asLong());
        assertThat(second.at("/source/ord").asInt()).isEqualTo(1);
    }

    @Test
    void documentAloneHasTheValuesOfTheEnvelopeWithoutTheirTypes() throws IOException {
        OrderEvents events = new OrderEvents(7, DocumentSize.MEDIUM, "load", "orders");
        ChangePlan.Change change = new ChangePlan.Change(42, ChangePlan.Kind.INSERT, 1_000);

        BsonDocument document = BsonDocument.parse(after(events, change));
        JsonNode plain = JSON.readTree(events.in(OrderEvents.Form.DOCUMENT).value(change));

        assertThat(plain.properties()).hasSameSizeAs(document.keySet());
        assertThat(plain.path("_id").asText())
                .isEqualTo(document.getObjectId("_id").getValue().toHexString());
        assertThat(plain.path("number").longValue())
                .isEqualTo(document.getInt64("number").getValue());
        assertThat(plain.path("createdAt").longValue())
                .isEqualTo(document.getDateTime("createdAt").getValue());
        assertThat(plain.at("/items/2/title").asText())
                .isEqualTo(document.getArray("items")
                        .get(2)
                        .asDocument()
                        .getString("title")
                        .getValue());
    }

    @Test
    void sqlKnowsEveryFieldOfADocument() throws IOException {
        OrderEvents events = new OrderEvents(7, DocumentSize.MEDIUM, "load", "orders");
        BsonDocument document = BsonDocument.parse(after(events, new ChangePlan.Change(1, ChangePlan.Kind.INSERT, 1)));

        assertThat(OrderSql.columns().keySet()).containsExactlyElementsOf(document.keySet());
    }

    private static String after(OrderEvents events, ChangePlan.Change change) throws IOException {
        return JSON.readTree(events.value(change)).path("after").asText();
    }
}
