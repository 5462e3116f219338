package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictException;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users say about fields, from the first document on. */
class SchemaRulesTest {
    private static final StructType NOTHING = new StructType(List.of());

    private static SchemaRules rules(String policies, String hints) {
        return SchemaRules.of(ConflictPolicy.SIDECAR, policies, hints);
    }

    private static List<Struct> write(SchemaRules rules, String... documents) {
        List<Struct> structs = new ArrayList<>();
        TopicSchema schema = null;
        for (String text : documents) {
            String document = text.replace('\'', '"');
            schema = schema == null ? new TopicSchema(NOTHING, ExtendedJson.parseDocument(document), rules) : schema;
            Struct struct = schema.write(document);
            assertThat(schema.write(ExtendedJson.parseDocument(document))).isEqualTo(struct);
            structs.add(struct);
        }
        return structs;
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, ab, false",
        "a.b, a.b, true",
        "a.b, a[].b, true",
        "*, a, true",
        "*, a.b, false",
        "a.*, a.b, true",
        "a.*, a.b.c, false",
        "a.**, a.b.c, true",
        "**, a.b.c, true",
        "**.id, a.b.id, true",
        "pre*, prefix, true",
        "a+b, a+b, true",
        "a+b, aab, false"
    })
    void pathsAreExactOrHaveWildcards(String pattern, String path, boolean matches) {
        SchemaRules rules = rules(pattern + "=dlq", "");
        assertThat(rules.policyAt(path)).isEqualTo(matches ? ConflictPolicy.DLQ : ConflictPolicy.SIDECAR);
    }

    @Test
    void theFirstRuleThatFitsCounts() {
        SchemaRules rules = rules("a.b=fail, a.*=dlq", "x=decimal(10,2),y = array<bigint> , a=b=string");
        assertThat(rules.policyAt("a.b")).isEqualTo(ConflictPolicy.FAIL);
        assertThat(rules.policyAt("a.c")).isEqualTo(ConflictPolicy.DLQ);
        assertThat(rules.pinnedAt("x")).contains(new DecimalType(10, 2));
        assertThat(rules.pinnedAt("y")).contains(new ArrayType(ScalarType.INT64));
        assertThat(rules.pinnedAt("a=b")).contains(ScalarType.STRING);
        assertThat(rules.pinnedAt("z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=string", "a=", "a=text", "a=decimal(50,2)", "a=array<>", "a=decimal(2,3)"})
    void whatIsNoHintIsRefused(String hint) {
        assertThatThrownBy(() -> rules("", hint)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textFromTheStartHoldsWhateverComes() {
        List<Struct> structs = write(
                rules("a=json,list.x=json", ""),
                "{'_id':1,'a':1,'list':[{'x':1}]}",
                "{'_id':2,'a':'text','list':[{'x':'y'},{'x':null}]}",
                "{'_id':3,'a':{'b':[1,'c']}}",
                "{'_id':4,'a':null}");
        assertThat(structs)
                .extracting(struct -> struct.get("a"))
                .containsExactly("{\"$numberInt\":\"1\"}", "\"text\"", "{\"b\":[{\"$numberInt\":\"1\"},\"c\"]}", null);
        assertThat(((Struct) structs.get(1).getArray("list").get(0)).get("x")).isEqualTo("\"y\"");
        assertThat(structs.get(3).schema().field("a__json")).isNull();
        assertThat(structs.get(3).schema()).isSameAs(structs.get(1).schema());
    }

    @Test
    void aDeclaredTypeWinsFromTheFirstDocumentOn() {
        List<Struct> structs = write(
                rules("", "n=bigint,price=decimal(10,2),tags=array<string>"),
                "{'_id':1,'n':1,'price':{'$numberDecimal':'1.5'},'tags':[]}",
                "{'_id':2,'n':{'$numberLong':'5'},'price':7,'tags':['a']}",
                "{'_id':3,'n':'five','price':{'$numberDecimal':'1.555'},'tags':[1]}",
                "{'_id':4,'n':2.5,'price':{'$numberDecimal':'NaN'},'tags':'x'}");
        assertThat(structs).extracting(struct -> struct.get("n")).containsExactly(1L, 5L, null, null);
        assertThat(structs)
                .extracting(struct -> struct.get("price"))
                .containsExactly(new BigDecimal("1.50"), new BigDecimal("7.00"), null, null);
        assertThat(structs)
                .extracting(struct -> struct.get("tags"))
                .containsExactly(List.of(), List.of("a"), null, null);
        assertThat(structs.get(2).get("n__json")).isEqualTo("\"five\"");
        assertThat(structs.get(2).get("price__json")).isEqualTo("{\"$numberDecimal\":\"1.555\"}");
        assertThat(structs.get(2).get("tags__json")).isEqualTo("[{\"$numberInt\":\"1\"}]");
        assertThat(structs.get(3).get("n__json")).isEqualTo("{\"$numberDouble\":\"2.5\"}");
        assertThat(structs.get(0).schema().field("n__json")).isNull();
    }

    @Test
    void anIdMayBeDeclaredToBeText() {
        List<Struct> structs =
                write(rules("", "_id=json"), "{'_id':1}", "{'_id':'1'}", "{'_id':{'a':1}}", "{'_id':null}");
        assertThat(structs)
                .extracting(struct ->
                        DocumentKey.ofExtendedJson(struct.getString("_id")).canonical())
                .containsExactly("1", "\"1\"", "{\"a\":1}", "null");
    }

    @Test
    void policiesRefuseByPath() {
        SchemaRules rules = rules("a=dlq,b=fail", "");
        assertThatThrownBy(() -> write(rules, "{'_id':1,'a':1}", "{'_id':2,'a':'x'}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Field 'a' is int32 and string");
        assertThatThrownBy(() -> write(rules, "{'_id':1,'b':1}", "{'_id':2,'b':'x'}"))
                .isInstanceOf(ConflictException.class)
                .isNotInstanceOf(DataException.class)
                .hasMessageContaining("Field 'b' is int32 and string");
        assertThat(write(rules, "{'_id':1,'c':1}", "{'_id':2,'c':'x'}").get(1).get("c__json"))
                .isEqualTo("\"x\"");
        assertThatThrownBy(() -> write(rules, "{'_id':1,'a':[1,'x']}")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> write(rules("n=dlq", "n=int"), "{'_id':1,'n':'x'}"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Field 'n' is int32 and string");
    }

    /** Whatever order documents come in, the fields are the same, and so are the types of all that are in no conflict. */
    @Test
    void theOrderOfDocumentsMakesNoDifferenceUnderRulesEither() {
        Random random = Seed.random(this);
        SchemaRules rules = rules("f1=json,f2.**=json,*.f1=json", "f3=double,f4=string,f5.f1=bigint");
        for (int round = 0; round < 300; round++) {
            RandomDocuments documents = new RandomDocuments(random);
            List<BsonDocument> mix = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                mix.add(documents.document(3));
            }
            Set<String> one = paths(mix, rules);
            Collections.shuffle(mix, random);
            assertThat(paths(mix, rules)).isEqualTo(one);
        }
    }

    /** Path and type of each field; of one in conflict the path alone. */
    private static Set<String> paths(List<BsonDocument> documents, SchemaRules rules) {
        StructType type = NOTHING;
        for (BsonDocument document : documents) {
            type = SchemaMerge.merge(type, TypeInference.ofDocument(document, rules), rules);
        }
        assertThat(SchemaMerge.merge(type, type, rules)).isSameAs(type);
        assertThat(ConnectSchemas.toConnect(type)).isNotNull();
        Set<String> paths = new TreeSet<>();
        collect("", type, paths);
        return paths;
    }

    private static void collect(String path, FieldType type, Set<String> paths) {
        if (type instanceof StructType struct) {
            for (StructType.Field field : struct.fields()) {
                String name = path + "/" + field.name();
                boolean isInConflict = struct.field(field.name() + "__json").isPresent();
                if (isInConflict) {
                    paths.add(name + ": in conflict");
                } else if (!field.name().endsWith("__json")) {
                    collect(name, field.type(), paths);
                }
            }
        } else if (type instanceof ArrayType array) {
            collect(path + "[]", array.element(), paths);
        } else {
            paths.add(path + ": " + type);
        }
    }
}
