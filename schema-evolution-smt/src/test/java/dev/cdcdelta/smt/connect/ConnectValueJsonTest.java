package dev.cdcdelta.smt.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.smt.schema.ScalarType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class ConnectValueJsonTest {
    @Test
    void writesEachConnectTypeCanonically() {
        assertThat(ConnectValueJson.text(Schema.OPTIONAL_STRING_SCHEMA, null)).isEqualTo("null");
        assertThat(ConnectValueJson.text(Schema.BOOLEAN_SCHEMA, true)).isEqualTo("true");
        assertThat(ConnectValueJson.text(Schema.INT8_SCHEMA, (byte) 5)).isEqualTo("{\"$numberInt\":\"5\"}");
        assertThat(ConnectValueJson.text(Schema.INT64_SCHEMA, 5L)).isEqualTo("{\"$numberLong\":\"5\"}");
        assertThat(ConnectValueJson.text(Schema.FLOAT32_SCHEMA, 0.5f)).isEqualTo("{\"$numberDouble\":\"0.5\"}");
        assertThat(ConnectValueJson.text(Timestamp.SCHEMA, new Date(5)))
                .isEqualTo("{\"$date\":{\"$numberLong\":\"5\"}}");
        assertThat(ConnectValueJson.text(Decimal.schema(1), new BigDecimal("1.0")))
                .isEqualTo("{\"$numberDecimal\":\"1.0\"}");
        assertThat(ConnectValueJson.text(
                        Decimal.schema(0), BigDecimal.TEN.pow(34).add(BigDecimal.ONE)))
                .isEqualTo("\"10000000000000000000000000000000001\"");
        String bytes = "{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"00\"}}";
        assertThat(ConnectValueJson.text(Schema.BYTES_SCHEMA, new byte[] {1, 2}))
                .isEqualTo(bytes);
        assertThat(ConnectValueJson.text(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {1, 2})))
                .isEqualTo(bytes);
    }

    @Test
    void givesTextFormsTheirTypeBack() {
        assertThat(text(ScalarType.OBJECT_ID, "5f5f5f5f5f5f5f5f5f5f5f5f"))
                .isEqualTo("{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}");
        assertThat(text(ScalarType.UUID, "00010203-0405-0607-0809-0a0b0c0d0e0f"))
                .isEqualTo("{\"$binary\":{\"base64\":\"AAECAwQFBgcICQoLDA0ODw==\",\"subType\":\"04\"}}");
        assertThat(text(ScalarType.DECIMAL128, "1.50")).isEqualTo("{\"$numberDecimal\":\"1.50\"}");
        assertThat(text(ScalarType.JSON, "{\"$minKey\": 1}")).isEqualTo("{\"$minKey\":1}");
        assertThat(text(ScalarType.STRING, "1.50")).isEqualTo("\"1.50\"");
    }

    @Test
    void writesContainersAndPutsSidecarsBackInTheirPlace() {
        Schema inner = SchemaBuilder.struct()
                .field("x", Schema.OPTIONAL_INT32_SCHEMA)
                .field("x__json", ConnectSchemas.toConnect(ScalarType.JSON))
                .field("y__json_", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Schema array = SchemaBuilder.array(inner).build();
        Struct struct = new Struct(inner).put("x__json", "\"five\"").put("y__json_", "y");
        assertThat(ConnectValueJson.text(array, Arrays.asList(struct, null)))
                .isEqualTo("[{\"x\":\"five\",\"y__json\":\"y\"},null]");
        assertThat(ConnectValueJson.text(
                        SchemaBuilder.map(Schema.STRING_SCHEMA, ConnectSchemas.toConnect(ScalarType.DECIMAL128))
                                .build(),
                        Map.of("a", "1")))
                .isEqualTo("{\"a\":{\"$numberDecimal\":\"1\"}}");
        assertThat(ConnectValueJson.text(null, Map.of("a", Arrays.asList(1L, "b", null))))
                .isEqualTo("{\"a\":[{\"$numberLong\":\"1\"},\"b\",null]}");
    }

    @Test
    void refusesValuesThatAreNotOfTheirSchema() {
        assertThatThrownBy(() -> text(ScalarType.OBJECT_ID, "secret"))
                .isInstanceOf(DataException.class)
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> ConnectValueJson.text(null, new Object())).isInstanceOf(DataException.class);
    }

    private static String text(ScalarType type, String value) {
        return ConnectValueJson.text(ConnectSchemas.toConnect(type), value);
    }
}
