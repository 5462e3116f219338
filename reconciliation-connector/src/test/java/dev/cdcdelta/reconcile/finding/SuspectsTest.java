package dev.cdcdelta.reconcile.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Map;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

class SuspectsTest {
    @Test
    void whateverDiffersIsASuspectAndNothingElse() {
        Suspects suspects = new Suspects(10, key -> 0);
        for (int i = 1; i <= 4; i++) {
            suspects.document(key(i), hash(i));
        }
        suspects.row(row(1, 1));
        suspects.row(row(2, 7));
        suspects.row(row(3, 3));
        suspects.row(row(3, 3));
        suspects.row(row(5, 5));
        suspects.endOfRows();
        suspects.document(key(6), hash(6));
        suspects.row(row(6, 6));
        suspects.endOfRows();

        assertThat(suspects.keys()).containsExactlyInAnyOrder(key(2), key(3), key(4), key(5));
        assertThat(suspects.beyond()).isEmpty();
    }

    @Test
    void thoseBeyondTheLimitAreCountedByRange() {
        Suspects suspects = new Suspects(2, key -> key.equals(key(4)) ? 1 : 0);
        for (int i = 0; i < 5; i++) {
            suspects.row(row(i, i));
        }
        suspects.endOfRows();
        assertThat(suspects.keys()).containsExactly(key(0), key(1));
        assertThat(suspects.beyond()).isEqualTo(Map.of(0, 2L, 1, 1L));
    }

    private static DocumentKey key(int i) {
        return DocumentKey.of(new BsonInt32(i));
    }

    private static ContentHash hash(int i) {
        return new ContentHash(i, i);
    }

    private static TableRow row(int key, int hash) {
        return new TableRow(key(key), hash(hash), 1L, 1, "file", key);
    }
}
