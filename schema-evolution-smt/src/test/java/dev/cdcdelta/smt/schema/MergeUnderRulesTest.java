package dev.cdcdelta.smt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.schema.RandomRules.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The laws of merging hold under whatever rules users set for paths: random rules, random documents, one seed for both. */
class MergeUnderRulesTest {
    private static final List<ConflictPolicy> LENIENT = List.of(ConflictPolicy.SIDECAR, ConflictPolicy.JSON);
    private static final List<ConflictPolicy> ALL = List.of(ConflictPolicy.values());

    @Test
    void theOrderOfDocumentsDoesNotMatter() {
        order(2_000);
    }

    @Test
    @Tag("slow")
    void theOrderOfDocumentsDoesNotMatterInALongCampaign() {
        order(200_000);
    }

    private void order(int rounds) {
        Random random = Seed.random(this);
        RandomDocuments documents = new RandomDocuments(random);
        RandomRules drawn = new RandomRules(random);
        for (int round = 0; round < rounds; round++) {
            Text text = drawn.next(LENIENT);
            SchemaRules rules = text.read();
            List<StructType> types = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                types.add(TypeInference.ofDocument(documents.document(3), rules));
            }
            StructType inOrder = types.stream()
                    .reduce((l, r) -> SchemaMerge.merge(l, r, rules))
                    .orElseThrow();
            Collections.shuffle(types, random);
            StructType left =
                    SchemaMerge.merge(SchemaMerge.merge(types.get(0), types.get(1), rules), types.get(2), rules);
            StructType right = SchemaMerge.merge(types.get(3), types.get(4), rules);
            String as = "round " + round + ", " + text;
            assertThat(settled(SchemaMerge.merge(left, right, rules))).as(as).isEqualTo(settled(inOrder));
            assertThat(settled(SchemaMerge.merge(right, left, rules))).as(as).isEqualTo(settled(inOrder));
            assertThat(SchemaMerge.merge(inOrder, inOrder, rules)).as(as).isSameAs(inOrder);
            for (StructType part : types) {
                StructType again = SchemaMerge.merge(inOrder, part, rules);
                assertThat(ConnectSchemas.toConnect(again)).as(as).isEqualTo(ConnectSchemas.toConnect(inOrder));
            }
            StructType declared = DeclaredFields.of(inOrder, rules);
            assertThat(DeclaredFields.of(declared, rules)).as(as).isSameAs(declared);
        }
        System.out.println(rounds + " rounds of 5 documents under random rules: commutative, associative, idempotent");
    }

    @Test
    void whatIsRefusedIsRefusedInAnyOrder() {
        Random random = Seed.random(this);
        RandomDocuments documents = new RandomDocuments(random);
        RandomRules drawn = new RandomRules(random);
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            Text text = drawn.next(ALL);
            SchemaRules rules = text.read();
            List<StructType> types = new ArrayList<>();
            while (types.size() < 3) {
                typed(documents.document(2), rules).ifPresent(types::add);
            }
            StructType a = types.get(0);
            StructType b = types.get(1);
            StructType c = types.get(2);
            String as = "round " + round + ", " + text + ": " + types;
            Optional<Object> pair = merged(a, b, rules).map(MergeUnderRulesTest::settled);
            assertThat(merged(b, a, rules).map(MergeUnderRulesTest::settled))
                    .as(as)
                    .isEqualTo(pair);
            Optional<Object> first =
                    merged(a, b, rules).flatMap(ab -> merged(ab, c, rules)).map(MergeUnderRulesTest::settled);
            Optional<Object> last =
                    merged(b, c, rules).flatMap(bc -> merged(a, bc, rules)).map(MergeUnderRulesTest::settled);
            assertThat(first).as(as).isEqualTo(last);
            refused += first.isEmpty() ? 1 : 0;
        }
        System.out.println("5000 rounds under random rules, " + refused + " of them with a refusal, in either order");
        assertThat(refused).isBetween(200, 4_800);
    }

    private static Optional<StructType> typed(BsonDocument document, SchemaRules rules) {
        try {
            return Optional.of(TypeInference.ofDocument(document, rules));
        } catch (DataException | ConflictException refused) {
            return Optional.empty();
        }
    }

    private static Optional<StructType> merged(StructType left, StructType right, SchemaRules rules) {
        try {
            return Optional.of(SchemaMerge.merge(left, right, rules));
        } catch (DataException | ConflictException refused) {
            assertThat(((ConnectException) refused).getMessage()).contains("no column type holds both");
            return Optional.empty();
        }
    }

    @Test
    void nullsAndEmptyContainersAddNothing() {
        Random random = Seed.random(this);
        RandomDocuments documents = new RandomDocuments(random);
        RandomRules drawn = new RandomRules(random);
        for (int round = 0; round < 5_000; round++) {
            Text text = drawn.next(LENIENT);
            SchemaRules rules = text.read();
            BsonDocument document = documents.document(3);
            StructType type = TypeInference.ofDocument(document, rules);
            BsonDocument emptied = emptied(document, random).asDocument();
            assertThat(SchemaMerge.merge(type, TypeInference.ofDocument(emptied, rules), rules))
                    .as("round %d, %s: %s, emptied %s", round, text, document.toJson(), emptied.toJson())
                    .isSameAs(type);
        }
    }

    /** The value with some of its parts taken away: nothing in their place, null, or the same container without content. */
    private static BsonValue emptied(BsonValue value, Random random) {
        if (value instanceof BsonDocument document) {
            BsonDocument emptied = new BsonDocument();
            document.forEach((name, part) -> {
                switch (random.nextInt(5)) {
                    case 0 -> {
                        // left out
                    }
                    case 1 -> emptied.put(name, random.nextBoolean() ? BsonNull.VALUE : new BsonUndefined());
                    case 2 -> emptied.put(name, withoutContent(part));
                    default -> emptied.put(name, emptied(part, random));
                }
            });
            return emptied;
        }
        if (value instanceof BsonArray array) {
            BsonArray emptied = new BsonArray();
            array.forEach(part -> emptied.add(random.nextInt(3) == 0 ? BsonNull.VALUE : emptied(part, random)));
            return emptied;
        }
        return value;
    }

    private static BsonValue withoutContent(BsonValue value) {
        if (value.isDocument()) {
            return new BsonDocument();
        }
        return value.isArray() ? new BsonArray() : value;
    }

    /** Without what may depend on the order: the order of fields and the type that a field in conflict keeps. */
    private static Object settled(FieldType type) {
        if (type instanceof ArrayType array) {
            return List.of(settled(array.element()));
        }
        if (type instanceof StructType struct) {
            TreeMap<String, Object> fields = new TreeMap<>();
            for (StructType.Field field : struct.fields()) {
                boolean inConflict =
                        struct.field(FieldNames.sidecarOf(field.name())).isPresent();
                fields.put(field.name(), inConflict ? "in conflict" : settled(field.type()));
            }
            return fields;
        }
        return type;
    }
}
