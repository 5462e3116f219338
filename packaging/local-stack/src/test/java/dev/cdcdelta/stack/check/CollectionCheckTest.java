package dev.cdcdelta.stack.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

class CollectionCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CollectionCheck check = new CollectionCheck("shop.orders");

    @Test
    void findsEveryDocumentWhateverItsIdIs() {
        documents("{_id: 1}", "{_id: 'a'}", "{_id: {x: 1, y: 'b'}}", "{_id: {$oid: '0123456789abcdef01234567'}}");
        rows(
                "{\"_id\": \"0123456789abcdef01234567\"}",
                "{\"_id\": {\"y\": \"b\", \"x\": 1}}",
                "{\"_id\": \"a\"}",
                "{\"_id\": 1}");

        assertThat(check.result().isEqual()).isTrue();
        assertThat(check.result().equal()).isEqualTo(4);
    }

    @Test
    void countsWhatIsMissingExtraDifferentOrRepeated() {
        documents("{_id: 1, a: 1}", "{_id: 2, a: 2}", "{_id: 3, a: 3}");
        rows("{\"_id\": 1, \"a\": 1}", "{\"_id\": 1, \"a\": 1}", "{\"_id\": 2, \"a\": 9}", "{\"_id\": 4}");

        CollectionCheck.Result result = check.result();

        assertThat(result.isEqual()).isFalse();
        assertThat(result.documents()).isEqualTo(3);
        assertThat(result.rows()).isEqualTo(4);
        assertThat(result.equal()).isEqualTo(1);
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.extra()).isEqualTo(2);
        assertThat(result.different()).isEqualTo(1);
        assertThat(result.examples()).contains("shop.orders: _id 2: a differs");
    }

    private void documents(String... documents) {
        for (String document : documents) {
            check.addDocument(RawBsonDocument.parse(document));
        }
    }

    private void rows(String... rows) {
        try {
            for (String row : rows) {
                check.addRow(JSON.readTree(row));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
