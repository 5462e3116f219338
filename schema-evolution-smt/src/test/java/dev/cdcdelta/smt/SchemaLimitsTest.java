package dev.cdcdelta.smt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalMode;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.SchemaLimits;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Struct;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

/** Documents that are deeper or wider than their columns may be, under random rules. */
class SchemaLimitsTest {
    private static final StructType NOTHING = new StructType(List.of());
    private static final int ROUNDS = 1500;

    private static SchemaRules limits(int depth, int columns) {
        return SchemaRules.of(ConflictPolicy.SIDECAR).within(new SchemaLimits(depth, columns));
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

    @Test
    void documentsAndArraysThatAreTooDeepAreText() {
        List<Struct> structs = write(
                limits(2, 100),
                "{'_id':1,'a':{'b':{'c':1},'l':[1]},'l':[{'x':1},[2]]}",
                "{'_id':2,'a':{'b':{},'l':[]},'l':[]}",
                "{'_id':3,'a':{'b':7,'l':null}}");
        Struct first = structs.get(0).getStruct("a");
        assertThat(first.get("b")).isEqualTo("{\"c\":{\"$numberInt\":\"1\"}}");
        assertThat(first.get("l")).isEqualTo("[{\"$numberInt\":\"1\"}]");
        assertThat(structs.get(0).getArray("l"))
                .containsExactly("{\"x\":{\"$numberInt\":\"1\"}}", "[{\"$numberInt\":\"2\"}]");
        assertThat(structs.get(1).getStruct("a").get("b")).isEqualTo("{}");
        assertThat(structs.get(2).getStruct("a").get("b__json")).isEqualTo("{\"$numberInt\":\"7\"}");
        assertThat(structs.get(2).getStruct("a").get("l")).isNull();
    }

    @Test
    void fieldsWithoutAColumnShareOneOfTheirDocument() {
        List<Struct> structs = write(
                limits(16, 3),
                "{'_id':1,'a':1,'d':{'x':1}}",
                "{'_id':2,'a':'text','b':[1,'x'],'c':null,'d':{'x':2,'y':{'z':true}},'e':{}}",
                "{'_id':3,'d':{'__rest':1},'__rest':2}");
        assertThat(structs.get(1).get("a__json")).isEqualTo("\"text\"");
        assertThat(structs.get(1).get("__rest")).isEqualTo("{\"b\":[{\"$numberInt\":\"1\"},\"x\"]}");
        assertThat(structs.get(1).getStruct("d").get("__rest")).isEqualTo("{\"y\":{\"z\":true}}");
        assertThat(structs.get(2).get("__rest")).isEqualTo("{\"__rest\":{\"$numberInt\":\"2\"}}");
        assertThat(structs.get(2).schema()).isSameAs(structs.get(1).schema());
    }

    @Test
    void anIdHasItsColumnsWhateverTheLimit() {
        List<Struct> structs = write(limits(1, 1), "{'a':1,'_id':{'x':1,'y':{'z':2}}}");
        assertThat(structs.get(0).getStruct("_id").getStruct("y").get("z")).isEqualTo(2);
        assertThat(structs.get(0).get("__rest")).isEqualTo("{\"a\":{\"$numberInt\":\"1\"}}");
    }

    @Test
    void anIdOfTooManyFieldsIsText() {
        BsonDocument id = new BsonDocument();
        for (int i = 0; i <= SchemaLimits.DEFAULT.columns(); i++) {
            id.put("f" + i, new BsonInt32(i));
        }
        BsonDocument document = new BsonDocument("_id", id);
        Struct struct = new TopicSchema(NOTHING, document, limits(16, 10)).write(document);
        assertThat(struct.getString("_id")).isEqualTo(ExtendedJson.text(id));
    }

    @Test
    void aTimestampIsNoneOfTheDeepDocuments() {
        String timestamp = "{'$timestamp':{'t':5,'i':1}}";
        String likeIt = "{'time':{'$date':5000},'increment':1}";
        for (List<String> order : List.of(List.of(timestamp, likeIt), List.of(likeIt, timestamp))) {
            List<Struct> structs =
                    write(limits(1, 9), "{'_id':1,'t':" + order.get(0) + "}", "{'_id':2,'t':" + order.get(1) + "}");
            assertThat(structs.get(1).getString("t__json")).isNotNull();
        }
    }

    /** Whatever order documents come in: the same fields, of the same types where they are in no conflict, as long as there is room. */
    @Test
    void theOrderOfDocumentsMakesNoDifferenceToFieldsAndTypes() {
        Random random = Seed.random(this);
        for (int round = 0; round < ROUNDS; round++) {
            SchemaRules rules = RandomRules.of(random, SchemaLimits.DEFAULT.columns());
            List<BsonDocument> documents = documents(random);
            Set<String> one = paths(documents, rules);
            Collections.shuffle(documents, random);
            assertThat(paths(documents, rules))
                    .as("round %d: %s", round, documents)
                    .isEqualTo(one);
        }
    }

    /** The same of what is written, which must not be spared the merging by fitting somehow. */
    @Test
    void theOrderOfDocumentsMakesNoDifferenceToWhatIsWritten() {
        Random random = Seed.random(this);
        for (int round = 0; round < ROUNDS; round++) {
            SchemaRules rules = RandomRules.of(random, SchemaLimits.DEFAULT.columns());
            List<BsonDocument> documents = documents(random);
            Set<String> one = writtenPaths(documents, rules);
            Collections.shuffle(documents, random);
            assertThat(writtenPaths(documents, rules))
                    .as("round %d: %s", round, documents)
                    .isEqualTo(one);
        }
    }

    @Test
    void nothingIsLostAndNoMoreColumnsAreMadeThanTheLimitAllows() {
        Random random = Seed.random(this);
        int overflowing = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int columns = 1 + random.nextInt(6);
            SchemaRules rules = RandomRules.of(random, columns);
            List<BsonDocument> documents = documents(random);
            TopicSchema schema = new TopicSchema(NOTHING, documents.get(0), rules);
            for (BsonDocument document : documents) {
                Struct struct = schema.write(document);
                StructType type = ConnectSchemas.toStructType(struct.schema());
                int ofId = type.field(FieldNames.ID).isPresent() ? 1 : 0;
                assertThat(columns(type) - ofId).as("columns of %s", type).isLessThanOrEqualTo(columns);
                overflowing += struct.schema().field(FieldNames.REST) == null ? 0 : 1;
                assertThat(NumericMeaning.of(ConnectBson.of(struct.schema(), struct)))
                        .as("round %d: %s", round, document)
                        .isEqualTo(NumericMeaning.of(document));
                assertThat(schema.write(document)).isEqualTo(struct);
            }
        }
        System.out.println(overflowing + " documents had a schema with a rest");
        assertThat(overflowing).isGreaterThan(ROUNDS);
    }

    @Test
    void aLimitThatIsNotReachedChangesNothing() {
        Random random = Seed.random(this);
        for (int round = 0; round < ROUNDS; round++) {
            SchemaRules rules = RandomRules.of(random, 1000);
            List<BsonDocument> documents = documents(random);
            TopicSchema free = new TopicSchema(NOTHING, documents.get(0), rules);
            documents.forEach(free::write);
            Struct last = free.write(documents.get(0));
            int columns = columns(ConnectSchemas.toStructType(last.schema()));
            SchemaRules tight = rules.within(new SchemaLimits(rules.limits().depth(), Math.max(1, columns)));
            TopicSchema limited = new TopicSchema(NOTHING, documents.get(0), tight);
            documents.forEach(limited::write);
            assertThat(limited.write(documents.get(0))).as("round %d", round).isEqualTo(last);
        }
    }

    /** Straight from text or by way of the parser. */
    @Test
    void textIsReadAsTheParserReadsItWithinAnyLimits() {
        Random random = Seed.random(this);
        DialectTexts texts = new DialectTexts(random);
        for (int round = 0; round < ROUNDS; round++) {
            SchemaRules rules = RandomRules.of(random, 1 + random.nextInt(8));
            List<BsonDocument> documents = documents(random);
            TopicSchema byText = new TopicSchema(NOTHING, documents.get(0), rules);
            TopicSchema byDocument = new TopicSchema(NOTHING, documents.get(0), rules);
            for (BsonDocument document : documents) {
                String text = texts.of(document);
                Struct read = byText.write(text);
                Struct written = byDocument.write(ExtendedJson.parseDocument(text));
                assertThat(read.schema()).as("round %d: %s", round, text).isEqualTo(written.schema());
                assertThat(ConnectBson.of(read.schema(), read))
                        .as("round %d: %s", round, text)
                        .isEqualTo(ConnectBson.of(written.schema(), written));
            }
        }
    }

    private static List<BsonDocument> documents(Random random) {
        RandomDocuments drawn = new RandomDocuments(random, false);
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            BsonDocument document = drawn.document(3);
            if (random.nextInt(3) == 0) {
                document.append("_id", new BsonInt32(i));
            }
            documents.add(document);
        }
        return documents;
    }

    private static Set<String> paths(List<BsonDocument> documents, SchemaRules rules) {
        StructType type = NOTHING;
        for (BsonDocument document : documents) {
            type = SchemaMerge.merge(type, TypeInference.ofDocument(document, rules), rules);
        }
        return paths(type);
    }

    private static Set<String> writtenPaths(List<BsonDocument> documents, SchemaRules rules) {
        TopicSchema schema = new TopicSchema(NOTHING, documents.get(0), rules);
        Struct last = null;
        for (BsonDocument document : documents) {
            last = schema.write(document);
        }
        return last == null ? Set.of() : paths(ConnectSchemas.toStructType(last.schema()));
    }

    /** Path and type of each field; of one in conflict the path alone. */
    private static Set<String> paths(StructType type) {
        Set<String> paths = new TreeSet<>();
        collect("", type, paths);
        return paths;
    }

    private static void collect(String path, FieldType type, Set<String> paths) {
        if (type instanceof StructType struct) {
            for (StructType.Field field : struct.fields()) {
                String name = path + "/"
                        + (FieldNames.isSidecar(field.name()) ? FieldNames.ofSidecar(field.name()) : field.name());
                boolean isInConflict = FieldNames.isSidecar(field.name())
                        || struct.field(FieldNames.sidecarOf(field.name())).isPresent();
                if (isInConflict) {
                    paths.add(name + ": in conflict");
                } else {
                    collect(name, field.type(), paths);
                }
            }
        } else if (type instanceof ArrayType array) {
            collect(path + "[]", array.element(), paths);
        } else if (!type.isVacant()) {
            paths.add(path + ": " + type);
        }
    }

    private static int columns(FieldType type) {
        if (type instanceof StructType struct) {
            int columns = 0;
            for (StructType.Field field : struct.fields()) {
                columns += FieldNames.isOurs(field.name()) ? 0 : columns(field.type());
            }
            return columns;
        }
        return type instanceof ArrayType array ? columns(array.element()) : 1;
    }

    @Test
    void decimalsBecomeWhatTheModeSaysWhereThatIsExact() {
        SchemaRules doubles = SchemaRules.of(ConflictPolicy.SIDECAR).with(DecimalMode.of("double"));
        List<Struct> structs = write(
                doubles,
                "{'_id':1,'n':{'$numberDecimal':'1.5'}}",
                "{'_id':2,'n':7}",
                "{'_id':3,'n':{'$numberDecimal':'0.1'}}",
                "{'_id':4,'n':{'$numberDecimal':'-0E+3'}}",
                "{'_id':5,'n':{'$numberDecimal':'NaN'},'s':'text'}",
                "{'_id':6,'s':{'$numberDecimal':'2'}}");
        assertThat(structs)
                .extracting(struct -> struct.get("n"))
                .containsExactly(1.5, 7.0, null, -0.0, Double.NaN, null);
        assertThat(structs.get(2).get("n__json")).isEqualTo("{\"$numberDecimal\":\"0.1\"}");
        assertThat(structs.get(5).get("s__json")).isEqualTo("{\"$numberDecimal\":\"2\"}");
        SchemaRules decimals = SchemaRules.of(ConflictPolicy.SIDECAR).with(DecimalMode.of("decimal(5,2)"));
        structs = write(
                decimals,
                "{'_id':1,'n':{'$numberDecimal':'1.5'},'l':[{'$numberDecimal':'1'}]}",
                "{'_id':2,'n':{'$numberDecimal':'1000'},'l':[{'$numberDecimal':'1'},{'$numberDecimal':'0.001'}]}",
                "{'_id':3,'n':1000000}",
                "{'_id':4,'n':{'$numberDecimal':'1000'}}");
        assertThat(structs)
                .extracting(struct -> String.valueOf(struct.get("n")))
                .containsExactly("1.50", "null", "1000000.00", "null");
        assertThat(structs.get(1).get("n__json")).isEqualTo("{\"$numberDecimal\":\"1000\"}");
        assertThat(structs.get(1).getString("l__json")).contains("0.001");
        assertThat(structs.get(3).get("n__json")).isEqualTo("{\"$numberDecimal\":\"1000\"}");
    }
}
