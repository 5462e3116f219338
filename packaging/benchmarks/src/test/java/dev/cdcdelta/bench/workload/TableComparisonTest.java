package dev.cdcdelta.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** Rows are made from documents by hand, of the schema's first stage: integers, so that the seed is divisible by 4. */
class TableComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workload workload =
            Workload.of(4, 1_000_000, new Workload.Namespace("p", "d", "c")).withKeys(3);
    private final ExpectedState state = new ExpectedState(3);
    private final TableComparison comparison = new TableComparison(workload, state);

    @Test
    void tableThatIsWhatItShouldBeIsClean() {
        insert(1, 0);
        insert(2, 1);

        comparison.add(row(1, 1));
        comparison.add(row(0, 0));

        assertThat(comparison.result().examples()).isEmpty();
        assertThat(comparison.result().isClean()).isTrue();
    }

    @Test
    void eachKindOfDifferenceIsCounted() {
        insert(1, 0);
        insert(2, 1);
        insert(3, 2);
        state.apply(new Event(4, 2, Operation.DELETE));

        comparison.add(row(1, 1).put("sequence", 17));
        comparison.add(row(1, 1));
        comparison.add(row(2, 2));

        TableComparison.Result result = comparison.result();
        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.expected()).isEqualTo(2);
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.duplicated()).isEqualTo(1);
        assertThat(result.different()).isEqualTo(1);
        assertThat(result.unexpected()).isEqualTo(1);
        assertThat(result.isClean()).isFalse();
        assertThat(result.examples()).hasSize(4);
    }

    @Test
    void rowOfAnotherVersionIsDifferent() {
        insert(1, 0);

        comparison.add(row(0, 0).put("_cdc_ord", 40));

        assertThat(comparison.result().different()).isEqualTo(1);
    }

    private void insert(long sequence, int key) {
        state.apply(new Event(sequence, key, Operation.INSERT));
    }

    /** Of the key's insert, which has a sequence of one more. */
    private ObjectNode row(int key, int insert) {
        long sequence = insert + 1;
        SourceTime time = SourceTime.of(sequence);
        return fields(new Documents(workload).document(key, sequence))
                .put("_cdc_ts", time.instant().toString())
                .put("_cdc_ord", time.ordinal());
    }

    private static ObjectNode fields(BsonDocument document) {
        ObjectNode row = JSON.createObjectNode();
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            String name = field.getKey();
            BsonValue value = field.getValue();
            switch (value.getBsonType()) {
                case INT32 -> row.put(name, value.asInt32().getValue());
                case INT64 -> row.put(name, value.asInt64().getValue());
                case DOUBLE -> row.put(name, value.asDouble().getValue());
                case STRING -> row.put(name, value.asString().getValue());
                case BOOLEAN -> row.put(name, value.asBoolean().getValue());
                case DATE_TIME ->
                    row.put(
                            name,
                            Instant.ofEpochMilli(value.asDateTime().getValue()).toString());
                case BINARY ->
                    row.put(
                            name,
                            Base64.getEncoder().encodeToString(value.asBinary().getData()));
                case OBJECT_ID -> row.put(name, value.asObjectId().getValue().toHexString());
                case DECIMAL128 -> row.put(name, value.asDecimal128().getValue().toString());
                case NULL -> row.putNull(name);
                case DOCUMENT -> row.set(name, fields(value.asDocument()));
                case ARRAY -> {
                    var array = row.putArray(name);
                    value.asArray().forEach(element -> array.add(fields(element.asDocument())));
                }
                default -> throw new IllegalArgumentException("no such value in a workload: " + value);
            }
        }
        return row;
    }
}
