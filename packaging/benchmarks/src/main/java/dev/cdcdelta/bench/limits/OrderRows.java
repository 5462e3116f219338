package dev.cdcdelta.bench.limits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Orders as a Parquet writer takes them: an array per group, its fields in their order. */
final class OrderRows {
    /** As the sink would write the documents of a load, without its own columns. */
    static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message order {
              optional binary _id (STRING);
              optional int64 number;
              optional binary state (STRING);
              optional int64 createdAt (TIMESTAMP(MICROS,true));
              optional int64 updatedAt (TIMESTAMP(MICROS,true));
              optional double total;
              optional int32 revision;
              optional boolean paid;
              optional binary customer (STRING);
              optional binary email (STRING);
              optional binary phone (STRING);
              optional double tax;
              optional binary currency (STRING);
              optional int32 priority;
              optional binary warehouse (STRING);
              optional binary carrier (STRING);
              optional binary tracking (STRING);
              optional double weight;
              optional binary channel (STRING);
              optional binary campaign (STRING);
              optional binary locale (STRING);
              optional int64 sequence;
              optional double score;
              optional binary note (STRING);
              optional group address {
                optional binary street (STRING);
                optional binary city (STRING);
                optional binary zip (STRING);
                optional binary country (STRING);
              }
              optional group items (LIST) {
                repeated group list {
                  optional group element {
                    optional binary sku (STRING);
                    optional int32 quantity;
                    optional double price;
                    optional binary title (STRING);
                    optional boolean gift;
                  }
                }
              }
            }
            """);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MICROS = 1_000;

    private OrderRows() {}

    /**
     * @param value an envelope with an image
     * @throws IllegalArgumentException if the document has a field that the schema does not know
     */
    static @Nullable Object[] of(byte[] value) {
        try {
            JsonNode document = JSON.readTree(JSON.readTree(value).path("after").asText());
            return group(SCHEMA, (ObjectNode) document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The envelope is not JSON: " + e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("The envelope cannot be read: " + e, e);
        }
    }

    private static @Nullable Object[] group(GroupType type, ObjectNode document) {
        @Nullable Object[] row = new Object[type.getFieldCount()];
        document.properties().forEach(field -> {
            int index = type.getFieldIndex(field.getKey());
            row[index] = value(type.getType(index), field.getValue());
        });
        return row;
    }

    private static Object value(Type type, JsonNode node) {
        if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            GroupType element =
                    type.asGroupType().getType(0).asGroupType().getType(0).asGroupType();
            Object[] elements = new Object[node.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = group(element, (ObjectNode) node.get(i));
            }
            return elements;
        }
        if (!type.isPrimitive()) {
            return group(type.asGroupType(), (ObjectNode) node);
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> node.intValue();
            case INT64 ->
                node.has("$date")
                        ? node.get("$date").longValue() * MICROS
                        : node.get("$numberLong").asLong();
            case DOUBLE -> node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            case BINARY -> Binary.fromString(node.path("$oid").asText(node.asText()));
            case INT96, FLOAT, FIXED_LEN_BYTE_ARRAY ->
                throw new IllegalArgumentException("The schema of orders has no " + type);
        };
    }
}
