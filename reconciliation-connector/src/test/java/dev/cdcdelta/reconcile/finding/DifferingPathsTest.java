package dev.cdcdelta.reconcile.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class DifferingPathsTest {
    @Test
    void pathsNameWhatDiffersAndNothingElse() {
        assertThat(paths("{a: 1, b: {c: 2, d: [1, {e: 3}]}, n: null}", "{b: {d: [1, {e: 4}], c: 2.0}, a: 1}"))
                .containsExactly("b.d.1.e");
        assertThat(paths("{a: 1, x: 1}", "{a: 1}")).containsExactly("x");
        assertThat(paths("{a: [1, 2]}", "{a: [1]}")).containsExactly("a");
        assertThat(paths("{a: '1'}", "{a: 1}")).containsExactly("a");
        assertThat(paths("{a: 1}", "{a: 1}")).isEmpty();
    }

    private static List<String> paths(String source, String table) {
        return DifferingPaths.between(BsonDocument.parse(source), BsonDocument.parse(table)).stream()
                .map(DifferingPaths.Difference::path)
                .toList();
    }
}
