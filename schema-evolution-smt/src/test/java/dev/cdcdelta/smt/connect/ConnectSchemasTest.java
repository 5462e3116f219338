package dev.cdcdelta.smt.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.smt.RandomDocuments;
import dev.cdcdelta.smt.Seed;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectSchemasTest {
    @ParameterizedTest
    @EnumSource(value = ScalarType.class, mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void bringsEveryScalarThereAndBack(ScalarType type) {
        Schema schema = ConnectSchemas.toConnect(type);
        assertThat(schema.isOptional()).isTrue();
        assertThat(ConnectSchemas.toType(schema)).isEqualTo(type);
        assertThat(ConnectSchemas.toType(ConnectSchemas.toConnect(new ArrayType(type))))
                .isEqualTo(new ArrayType(type));
    }

    @Test
    void bringsDecimalsThereAndBack() {
        FieldType decimal = new DecimalType(12, 3);
        assertThat(ConnectSchemas.toType(ConnectSchemas.toConnect(decimal))).isEqualTo(decimal);
        assertThat(ConnectSchemas.toType(Decimal.schema(3))).isEqualTo(new DecimalType(38, 3));
        assertThat(ConnectSchemas.toType(Decimal.schema(-3))).isEqualTo(ScalarType.JSON);
    }

    @Test
    void bringsTheTypesOfDocumentsThereAndBackButForVacantFields() {
        RandomDocuments documents = new RandomDocuments(Seed.random(this));
        for (int round = 0; round < 1000; round++) {
            StructType type = TypeInference.ofDocument(documents.document(3), ConflictPolicy.SIDECAR);
            Schema schema = ConnectSchemas.toConnect(type);
            FieldType back = ConnectSchemas.toType(schema);
            assertThat(back.isVacant()).isEqualTo(type.isVacant());
            assertThat(ConnectSchemas.toConnect(back)).isEqualTo(schema);
        }
    }

    @Test
    void leavesOutVacantFields() {
        StructType type = new StructType(List.of(
                new StructType.Field("nothing", ScalarType.NOTHING),
                new StructType.Field("empty", new ArrayType(new StructType(List.of()))),
                new StructType.Field("some", ScalarType.INT32)));
        assertThat(ConnectSchemas.toConnect(type).fields())
                .singleElement()
                .satisfies(field -> assertThat(field.name()).isEqualTo("some"));
    }

    @Test
    void readsSchemasOfOthers() {
        assertThat(ConnectSchemas.toType(Schema.INT8_SCHEMA)).isEqualTo(ScalarType.INT32);
        assertThat(ConnectSchemas.toType(Schema.INT16_SCHEMA)).isEqualTo(ScalarType.INT32);
        assertThat(ConnectSchemas.toType(Date.SCHEMA)).isEqualTo(ScalarType.DATE);
        assertThat(ConnectSchemas.toType(Time.SCHEMA)).isEqualTo(ScalarType.DATE);
        assertThat(ConnectSchemas.toType(Timestamp.SCHEMA)).isEqualTo(ScalarType.DATE);
        assertThat(ConnectSchemas.toType(
                        SchemaBuilder.string().name("io.debezium.data.Json").build()))
                .isEqualTo(ScalarType.STRING);
        assertThat(ConnectSchemas.toType(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                        .build()))
                .isEqualTo(ScalarType.JSON);
    }

    @Test
    void namesTheFormsThatAreStrings() {
        assertThat(ConnectSchemas.toConnect(ScalarType.OBJECT_ID).name()).isEqualTo("dev.cdcdelta.bson.ObjectId");
        assertThat(ConnectSchemas.toConnect(ScalarType.UUID).name()).isEqualTo("dev.cdcdelta.bson.Uuid");
        assertThat(ConnectSchemas.toConnect(ScalarType.DECIMAL128).name()).isEqualTo("dev.cdcdelta.bson.Decimal128");
        assertThat(ConnectSchemas.toConnect(ScalarType.JSON).name()).isEqualTo("dev.cdcdelta.bson.Json");
    }
}
