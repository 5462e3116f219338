package dev.cdcdelta.smt.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaSurveyTest {
    private static final StructType NOTHING = new StructType(List.of());

    private static final SchemaRules RULES = SchemaRules.of(ConflictPolicy.DLQ);

    private static SchemaSurvey of(String... documents) {
        SchemaSurvey survey = new SchemaSurvey(NOTHING, RULES, 100);
        for (String document : documents) {
            survey.add(ExtendedJson.parseDocument(document.replace('\'', '"')));
        }
        return survey;
    }

    private static Finding finding(SchemaSurvey survey, String path) {
        return survey.findings().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not in " + survey.findings()));
    }

    @Test
    void valuesThatWidenAreNoConflict() {
        SchemaSurvey survey = of("{'_id':1,'n':1}", "{'_id':2,'n':2.5}", "{'_id':3,'n':null}", "{'_id':4}");
        assertThat(survey.documents()).isEqualTo(4);
        assertThat(finding(survey, "n")).isEqualTo(new Finding("n", ScalarType.DOUBLE, 3, List.of()));
    }

    @Test
    void valuesInConflictAreCountedWithExamples() {
        SchemaSurvey survey = of(
                "{'_id':1,'n':1}",
                "{'_id':2,'n':'a'}",
                "{'_id':3,'n':'b'}",
                "{'_id':4,'n':{'x':1}}",
                "{'_id':5,'n':'c'}",
                "{'_id':6,'n':'d'}");
        assertThat(finding(survey, "n"))
                .isEqualTo(new Finding(
                        "n",
                        ScalarType.INT32,
                        6,
                        List.of(
                                new Finding.Misfit(ScalarType.STRING, 4, List.of("2", "3", "5")),
                                new Finding.Misfit(NOTHING, 1, List.of("4")))));
    }

    @Test
    void fieldsOfNestedDocumentsAndOfThoseInArraysAreCountedByTheirPath() {
        SchemaSurvey survey = of(
                "{'_id':1,'a':{'b':1},'items':[{'sku':'x','n':1},{'sku':'y'}]}",
                "{'_id':2,'a':{'b':true},'items':[{'sku':5}]}");
        assertThat(survey.findings())
                .extracting(Finding::path)
                .containsExactly("_id", "a", "a.b", "items", "items[].sku", "items[].n");
        assertThat(finding(survey, "items[].sku").values()).isEqualTo(3);
        assertThat(finding(survey, "items[].sku").misfits())
                .containsExactly(new Finding.Misfit(ScalarType.INT32, 1, List.of("2")));
        assertThat(finding(survey, "a.b").misfits())
                .containsExactly(new Finding.Misfit(ScalarType.BOOLEAN, 1, List.of("2")));
        assertThat(finding(survey, "items").misfits()).isEmpty();
    }

    @Test
    void arraysOfMixedElementsAreInConflictAsAWhole() {
        SchemaSurvey survey = of("{'_id':1,'a':[1,'x']}", "{'_id':2,'a':[2]}", "{'_id':3,'a':[]}");
        assertThat(finding(survey, "a"))
                .isEqualTo(new Finding(
                        "a",
                        new ArrayType(ScalarType.INT32),
                        3,
                        List.of(new Finding.Misfit(new ArrayType(ScalarType.INT32), 1, List.of("1")))));
    }

    @Test
    void ofFieldsBeyondTheLimitOnlyTheTypesAreKept() {
        SchemaSurvey survey = new SchemaSurvey(NOTHING, RULES, 2);
        survey.add(ExtendedJson.parseDocument("{'_id':1,'a':1,'b':2,'c':{'d':1}}".replace('\'', '"')));
        assertThat(survey.findings()).extracting(Finding::path).containsExactly("_id", "a");
        assertThat(survey.uncounted()).isEqualTo(2);
        assertThat(survey.type().fields()).hasSize(4);
    }

    @Test
    void aKnownTypeIsWhereItBegins() {
        SchemaSurvey survey =
                new SchemaSurvey(new StructType(List.of(new StructType.Field("n", ScalarType.STRING))), RULES, 100);
        survey.add(ExtendedJson.parseDocument("{'_id':1,'n':1}".replace('\'', '"')));
        assertThat(finding(survey, "n").misfits())
                .containsExactly(new Finding.Misfit(ScalarType.INT32, 1, List.of("1")));
    }

    @Test
    void declaredTypesAreKeptToAndTextHasNoParts() {
        SchemaSurvey survey = new SchemaSurvey(
                NOTHING, SchemaRules.of(ConflictPolicy.FAIL, "j=json", "n=bigint,p=decimal(5,2)"), 100);
        for (String text : List.of(
                "{'_id':1,'n':1,'j':{'x':1},'p':{'$numberDecimal':'1.5'}}",
                "{'_id':2,'n':'two','j':5,'p':{'$numberDecimal':'1.555'}}")) {
            survey.add(ExtendedJson.parseDocument(text.replace('\'', '"')));
        }
        assertThat(survey.findings()).extracting(Finding::path).containsExactly("_id", "n", "j", "p");
        assertThat(finding(survey, "n"))
                .isEqualTo(new Finding(
                        "n", ScalarType.INT64, 2, List.of(new Finding.Misfit(ScalarType.STRING, 1, List.of("2")))));
        assertThat(finding(survey, "j").misfits()).isEmpty();
        assertThat(finding(survey, "p").misfits())
                .containsExactly(new Finding.Misfit(ScalarType.DECIMAL128, 1, List.of("2")));
    }

    @Test
    void idsOfOtherTypesAreCountedToo() {
        SchemaSurvey survey = of("{'_id':1}", "{'_id':'one'}", "{'_id':2.5}");
        assertThat(finding(survey, "_id").misfits())
                .containsExactly(new Finding.Misfit(ScalarType.STRING, 1, List.of("\"one\"")));
    }
}
