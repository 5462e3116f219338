package dev.cdcdelta.smt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"x", "x_", "x__jso", "json", "_json", "x_json", "__jsonx", "_id"})
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
        "_, __"
    })
    void keepsDocumentFieldsOutOfSidecarsReversibly(String name, String field) {
        assertThat(FieldNames.fromDocument(name)).isEqualTo(field);
        assertThat(FieldNames.toDocument(field)).isEqualTo(name);
        assertThat(FieldNames.isSidecar(field)).isFalse();
        assertThat(FieldNames.isSidecar(FieldNames.sidecarOf(field))).isTrue();
        assertThat(FieldNames.ofSidecar(FieldNames.sidecarOf(field))).isEqualTo(field);
    }
}
