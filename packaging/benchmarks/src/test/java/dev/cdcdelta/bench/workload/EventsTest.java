package dev.cdcdelta.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Workload.Namespace NAMESPACE = new Workload.Namespace("p", "d", "c");

    @Test
    void sameSeedGivesTheSameEventsAndDocuments() {
        assertThat(texts(Workload.of(5, 2_000, NAMESPACE))).isEqualTo(texts(Workload.of(5, 2_000, NAMESPACE)));
    }

    @Test
    void otherSeedGivesOtherEvents() {
        assertThat(texts(Workload.of(5, 100, NAMESPACE))).isNotEqualTo(texts(Workload.of(9, 100, NAMESPACE)));
    }

    @Test
    void everyKindOfEventOccurs() {
        Events events = new Events(Workload.of(1, 5_000, NAMESPACE));
        Map<Integer, Long> newest = new HashMap<>();
        EnumSet<Operation> operations = EnumSet.noneOf(Operation.class);
        long late = 0;
        long again = 0;
        long reinserted = 0;
        while (events.hasNext()) {
            Event event = events.next();
            operations.add(event.operation());
            long before = newest.getOrDefault(event.key(), 0L);
            late += event.sequence() < Math.abs(before) ? 1 : 0;
            again += event.sequence() == Math.abs(before) ? 1 : 0;
            reinserted += before < 0 && event.operation() == Operation.INSERT ? 1 : 0;
            if (event.sequence() >= Math.abs(before)) {
                newest.put(event.key(), event.isDelete() ? -event.sequence() : event.sequence());
            }
        }

        assertThat(operations).containsExactlyInAnyOrder(Operation.values());
        assertThat(late).isPositive();
        assertThat(again).isPositive();
        assertThat(reinserted).isPositive();
        assertThat(events.state().live())
                .isEqualTo(newest.values().stream()
                        .filter(sequence -> sequence > 0)
                        .count());
    }

    @Test
    void documentsChangeTheirSchemaAsEventsPass() {
        Workload workload = Workload.of(2, 12_000, NAMESPACE);
        Documents documents = new Documents(workload);

        assertThat(types(documents, 1, 900, "count")).containsExactly(BsonType.INT32);
        assertThat(types(documents, 11_000, 12_000, "count")).contains(BsonType.INT32, BsonType.INT64, BsonType.STRING);
        assertThat(types(documents, 11_000, 12_000, "mixed")).hasSize(5);
        assertThat(documents.document(1, 1)).doesNotContainKey("extra_10");
        assertThat(types(documents, 11_500, 12_000, "extra_10")).contains(BsonType.INT32);
    }

    @Test
    void eventsAreWrittenAsDebeziumWritesThem() {
        DebeziumText text = new DebeziumText(Workload.of(0, 100, NAMESPACE));
        Event update = new Event(51, 7, Operation.UPDATE);
        BsonDocument envelope = BsonDocument.parse(text.value(update));

        assertThat(text.key(update)).isEqualTo("{\"id\":\"7\"}");
        assertThat(new DebeziumText(Workload.of(2, 100, NAMESPACE)).key(update))
                .isEqualTo("{\"id\":\"\\\"key \\\\\\\"7\\\\\\\" é\\\"\"}");
        assertThat(envelope.getString("op").getValue()).isEqualTo("u");
        assertThat(envelope.getDocument("source").getInt64("ts_ms").getValue()).isEqualTo(1_700_000_001_000L);
        assertThat(envelope.getDocument("source").getInt32("ord").getValue()).isEqualTo(2);
        assertThat(BsonDocument.parse(envelope.getString("after").getValue()))
                .isEqualTo(new Documents(Workload.of(0, 100, NAMESPACE)).document(7, 51));
        assertThat(BsonDocument.parse(text.value(new Event(52, 7, Operation.DELETE)))
                        .isNull("after"))
                .isTrue();
    }

    private static List<BsonType> types(Documents documents, int from, int to, String field) {
        List<BsonType> types = new ArrayList<>();
        for (int sequence = from; sequence < to; sequence++) {
            BsonDocument document = documents.document(sequence % 100, sequence);
            if (document.containsKey(field)) {
                types.add(document.get(field).getBsonType());
            }
        }
        return types.stream().distinct().toList();
    }

    private static List<String> texts(Workload workload) {
        Events events = new Events(workload);
        DebeziumText text = new DebeziumText(workload);
        List<String> texts = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            texts.add(text.key(event) + text.value(event));
        }
        return texts;
    }
}
