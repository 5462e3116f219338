package dev.cdcdelta.smt.schema;

import static dev.cdcdelta.smt.schema.ScalarType.BINARY;
import static dev.cdcdelta.smt.schema.ScalarType.BOOLEAN;
import static dev.cdcdelta.smt.schema.ScalarType.DATE;
import static dev.cdcdelta.smt.schema.ScalarType.DECIMAL128;
import static dev.cdcdelta.smt.schema.ScalarType.DOUBLE;
import static dev.cdcdelta.smt.schema.ScalarType.FLOAT;
import static dev.cdcdelta.smt.schema.ScalarType.INT32;
import static dev.cdcdelta.smt.schema.ScalarType.INT64;
import static dev.cdcdelta.smt.schema.ScalarType.JSON;
import static dev.cdcdelta.smt.schema.ScalarType.NOTHING;
import static dev.cdcdelta.smt.schema.ScalarType.OBJECT_ID;
import static dev.cdcdelta.smt.schema.ScalarType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaMergeTest {
    static Stream<Arguments> widenings() {
        return Stream.of(
                Arguments.of(NOTHING, STRING, STRING),
                Arguments.of(INT32, INT64, INT64),
                Arguments.of(INT32, DOUBLE, DOUBLE),
                Arguments.of(INT32, FLOAT, DOUBLE),
                Arguments.of(FLOAT, DOUBLE, DOUBLE),
                Arguments.of(INT32, new DecimalType(5, 2), new DecimalType(12, 2)),
                Arguments.of(INT64, new DecimalType(5, 2), new DecimalType(22, 2)),
                Arguments.of(new DecimalType(5, 2), new DecimalType(5, 4), new DecimalType(7, 4)),
                Arguments.of(OBJECT_ID, STRING, STRING),
                Arguments.of(ScalarType.UUID, STRING, STRING),
                Arguments.of(DECIMAL128, STRING, STRING),
                Arguments.of(OBJECT_ID, ScalarType.UUID, STRING),
                Arguments.of(new ArrayType(NOTHING), new ArrayType(INT32), new ArrayType(INT32)),
                Arguments.of(new ArrayType(INT32), new ArrayType(INT64), new ArrayType(INT64)),
                Arguments.of(of("a", INT32), of("b", STRING), of("a", INT32, "b", STRING)),
                Arguments.of(
                        new ArrayType(of("a", INT32)),
                        new ArrayType(of("a", DOUBLE, "b", DATE)),
                        new ArrayType(of("a", DOUBLE, "b", DATE))));
    }

    @ParameterizedTest
    @MethodSource("widenings")
    void widensWhereNothingIsLost(FieldType left, FieldType right, FieldType both) {
        assertThat(SchemaMerge.merge(of("x", left), of("x", right))).isEqualTo(of("x", both));
        assertThat(settled(SchemaMerge.merge(of("x", right), of("x", left)))).isEqualTo(settled(of("x", both)));
    }

    static Stream<Arguments> conflicts() {
        return Stream.of(
                Arguments.of(INT64, DOUBLE),
                Arguments.of(INT64, FLOAT),
                Arguments.of(INT32, STRING),
                Arguments.of(INT64, new DecimalType(38, 20)),
                Arguments.of(new DecimalType(38, 0), new DecimalType(38, 38)),
                Arguments.of(DOUBLE, new DecimalType(5, 2)),
                Arguments.of(DOUBLE, DECIMAL128),
                Arguments.of(BOOLEAN, INT32),
                Arguments.of(BINARY, ScalarType.UUID),
                Arguments.of(of("a", INT32), INT32),
                Arguments.of(new ArrayType(INT32), INT32),
                Arguments.of(new ArrayType(INT32), new ArrayType(STRING)),
                Arguments.of(new ArrayType(new ArrayType(INT32)), new ArrayType(new ArrayType(STRING))),
                Arguments.of(new ArrayType(of("a", INT32)), new ArrayType(INT32)));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void keepsTheLeftTypeAndAddsASidecarOnAConflict(FieldType left, FieldType right) {
        assertThat(SchemaMerge.merge(of("x", left), of("x", right))).isEqualTo(of("x", left, "x__json", JSON));
        assertThat(SchemaMerge.merge(of("x", right), of("x", left))).isEqualTo(of("x", right, "x__json", JSON));
    }

    @Test
    void textThatBeganAsTextHoldsEverything() {
        for (FieldType other : List.of(DATE, STRING, of("a", INT32), new ArrayType(INT32))) {
            StructType text = of("x", JSON);
            assertThat(SchemaMerge.merge(text, of("x", other))).isSameAs(text);
            assertThat(SchemaMerge.merge(of("x", other), text)).isEqualTo(of("x", other, "x__json", JSON));
        }
    }

    @Test
    void settlesConflictsAtTheNearestNamedField() {
        StructType left = of("items", new ArrayType(of("price", INT64)), "grid", new ArrayType(new ArrayType(INT32)));
        StructType right =
                of("items", new ArrayType(of("price", DOUBLE)), "grid", new ArrayType(new ArrayType(BOOLEAN)));
        assertThat(SchemaMerge.merge(left, right))
                .isEqualTo(of(
                        "items",
                        new ArrayType(of("price", INT64, "price__json", JSON)),
                        "grid",
                        new ArrayType(new ArrayType(INT32)),
                        "grid__json",
                        JSON));
    }

    @Test
    void givesAFieldThatWasEmptySoFarTheTypeOfTheOtherSide() {
        assertThat(SchemaMerge.merge(of("x", new ArrayType(NOTHING)), of("x", INT32)))
                .isEqualTo(of("x", INT32, "x__json", JSON));
        assertThat(SchemaMerge.merge(of("x", of()), of("x", of("a", INT32)))).isEqualTo(of("x", of("a", INT32)));
    }

    @Test
    void returnsTheLeftTypeItselfIfItHoldsTheRightOne() {
        StructType left = of("_id", INT64, "x", of("a", DOUBLE, "a__json", JSON));
        assertThat(SchemaMerge.merge(left, of("x", of("a", STRING), "_id", INT32)))
                .isSameAs(left);
    }

    @Test
    void putsTheIdFirst() {
        assertThat(SchemaMerge.merge(of("x", INT32), of("_id", OBJECT_ID))
                        .fields()
                        .get(0)
                        .name())
                .isEqualTo("_id");
    }

    @Test
    void refusesAConflictWherePolicySaysSo() {
        assertThatThrownBy(() -> SchemaMerge.merge(
                        of("x", new ArrayType(of("a", INT64))),
                        of("x", new ArrayType(of("a", of("b", STRING)))),
                        ConflictPolicy.DLQ))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x[].a' is int64 and struct<b: string>")
                .hasMessageContaining("conflict.policies=<path>=sidecar");
    }

    @Test
    void widensNumericIdentitiesAndPutsThoseThatTheColumnWouldNotTellApartBesideIt() {
        assertThat(SchemaMerge.merge(of("_id", INT32), of("_id", DOUBLE))).isEqualTo(of("_id", DOUBLE));
        for (FieldType other : List.of(OBJECT_ID, INT64, JSON, of("a", INT32))) {
            assertThat(SchemaMerge.merge(of("_id", STRING), of("_id", other)))
                    .isEqualTo(of("_id", STRING, "_id__json", JSON));
        }
        assertThat(SchemaMerge.merge(of("_id", JSON), of("_id", INT64))).isEqualTo(of("_id", JSON));
        assertThat(SchemaMerge.merge(of("_id", INT64), of("_id", DOUBLE)))
                .isEqualTo(of("_id", INT64, "_id__json", JSON));
        StructType ab = of("_id", of("a", INT32, "b", INT32));
        assertThat(SchemaMerge.merge(ab, of("_id", of("b", INT32, "a", INT32))))
                .isEqualTo(of("_id", of("a", INT32, "b", INT32), "_id__json", JSON));
        assertThat(SchemaMerge.merge(ab, of("_id", of("a", INT64, "b", INT32))))
                .isEqualTo(of("_id", of("a", INT64, "b", INT32)));
        assertThat(SchemaMerge.merge(of("x", of("_id", STRING)), of("x", of("_id", OBJECT_ID))))
                .isEqualTo(of("x", of("_id", STRING)));
    }

    @Test
    void refusesASidecarWhoseNameIsTaken() {
        assertThatThrownBy(() -> SchemaMerge.merge(of("x", INT64, "x__json", STRING), of("x", DOUBLE)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x__json'");
    }

    @Test
    void doesNotDependOnTheOrderOfDocuments() {
        Random random = Seed.random(this);
        RandomDocuments documents = new RandomDocuments(random);
        for (int round = 0; round < 3000; round++) {
            List<StructType> types = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                types.add(TypeInference.ofDocument(documents.document(3), ConflictPolicy.SIDECAR));
            }
            StructType inOrder = types.stream().reduce(SchemaMerge::merge).orElseThrow();
            Collections.shuffle(types, random);
            StructType left = SchemaMerge.merge(SchemaMerge.merge(types.get(0), types.get(1)), types.get(2));
            StructType right = SchemaMerge.merge(types.get(3), types.get(4));
            assertThat(settled(SchemaMerge.merge(left, right))).isEqualTo(settled(inOrder));
            assertThat(settled(SchemaMerge.merge(right, left))).isEqualTo(settled(inOrder));
            assertThat(SchemaMerge.merge(inOrder, inOrder)).isSameAs(inOrder);
            assertThat(settled(SchemaMerge.merge(inOrder, right))).isEqualTo(settled(inOrder));
        }
    }

    @Test
    void doesNotDependOnTheOrderOfNumberAndTextTypes() {
        Random random = Seed.random(this);
        List<FieldType> choices = new ArrayList<>(List.of(ScalarType.values()));
        choices.addAll(List.of(
                new DecimalType(5, 2),
                new DecimalType(30, 0),
                new DecimalType(38, 20),
                new DecimalType(38, 38),
                new ArrayType(INT32),
                new ArrayType(INT64),
                new ArrayType(NOTHING)));
        for (int round = 0; round < 20_000; round++) {
            List<StructType> types = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                types.add(of("x", choices.get(random.nextInt(choices.size()))));
            }
            StructType inOrder = types.stream().reduce(SchemaMerge::merge).orElseThrow();
            Collections.shuffle(types, random);
            assertThat(settled(SchemaMerge.merge(
                            SchemaMerge.merge(types.get(0), types.get(1)),
                            SchemaMerge.merge(types.get(2), types.get(3)))))
                    .as(types.toString())
                    .isEqualTo(settled(inOrder));
        }
    }

    /**
     * Without what may depend on the order: the order of fields, and the type that a field in conflict keeps. One that began as text has
     * no conflict, but would have had it in another order.
     */
    private static Object settled(FieldType type) {
        if (type instanceof ArrayType array) {
            return List.of(settled(array.element()));
        }
        if (type instanceof StructType struct) {
            TreeMap<String, Object> fields = new TreeMap<>();
            for (StructType.Field field : struct.fields()) {
                boolean inConflict =
                        struct.field(FieldNames.sidecarOf(field.name())).isPresent() || isText(field.type());
                if (!FieldNames.isSidecar(field.name())) {
                    fields.put(
                            field.name(), inConflict ? "text, all of it or what does not fit" : settled(field.type()));
                }
            }
            return fields;
        }
        return type;
    }

    private static boolean isText(FieldType type) {
        return type == JSON || type instanceof ArrayType array && isText(array.element());
    }

    @Test
    void infersEachDocumentAlike() {
        BsonDocument document = BsonDocument.parse("{x: [1, 'a'], _id: 5, e: [], n: null, o: {}, x__json: 1}");
        assertThat(TypeInference.ofDocument(document, ConflictPolicy.SIDECAR))
                .isEqualTo(of(
                        "_id",
                        INT32,
                        "x",
                        new ArrayType(INT32),
                        "x__json",
                        JSON,
                        "e",
                        new ArrayType(NOTHING),
                        "n",
                        NOTHING,
                        "o",
                        of(),
                        "x__json_",
                        INT32));
        assertThatThrownBy(() -> TypeInference.ofDocument(document, ConflictPolicy.DLQ))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x' is int32 and string");
    }

    private static StructType of(Object... namesAndTypes) {
        List<StructType.Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(new StructType.Field((String) namesAndTypes[i], (FieldType) namesAndTypes[i + 1]));
        }
        return new StructType(fields);
    }
}
