package dev.cdcdelta.smt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"%", "100%25", "x", "x_", "x__jso", "json", "_json", "x_json", "__jsonx", "_id"})
    void leavesOrdinaryNamesAlone(String name) {
        assertThat(FieldNames.fromDocument(name)).isEqualTo(name);
        assertThat(FieldNames.toDocument(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "x__json, x__json_",
        "x__json_, x__json__",
        "x__json__, x__json___",
        "__json, __json_",
        "x__json__json, x__json__json_",
        "'', _",
        "_, __",
        "__rest, __rest_",
        "__rest_, __rest__",
        "%u, %25u",
        "%25u, %2525u",
        "a%uD800, a%25uD800"
    })
    void keepsDocumentFieldsOutOfSidecarsReversibly(String name, String field) {
        assertThat(FieldNames.fromDocument(name)).isEqualTo(field);
        assertThat(FieldNames.toDocument(field)).isEqualTo(name);
        assertThat(FieldNames.isOurs(field)).isFalse();
        assertThat(FieldNames.isSidecar(FieldNames.sidecarOf(field))).isTrue();
        assertThat(FieldNames.ofSidecar(FieldNames.sidecarOf(field))).isEqualTo(field);
    }

    @Test
    void spellsOutHalvesOfSurrogatePairs() {
        assertThat(FieldNames.fromDocument("a\uD800b")).isEqualTo("a%uD800b");
        assertThat(FieldNames.fromDocument("\uDC00\uD83D\uDE00")).isEqualTo("%uDC00\uD83D\uDE00");
        for (String name : List.of("a\uD800b", "\uDC00\uD83D\uDE00", "%u\uD800", "%25u\uD800__json")) {
            assertThat(FieldNames.toDocument(FieldNames.fromDocument(name))).isEqualTo(name);
        }
    }
}
