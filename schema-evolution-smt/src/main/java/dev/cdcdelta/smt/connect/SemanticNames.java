package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.ScalarType;
import org.jspecify.annotations.Nullable;

/** Schema names that tell apart what is a string to Kafka Connect. */
final class SemanticNames {
    private static final String OBJECT_ID = "dev.cdcdelta.bson.ObjectId";
    private static final String UUID = "dev.cdcdelta.bson.Uuid";
    private static final String DECIMAL128 = "dev.cdcdelta.bson.Decimal128";
    private static final String JSON = "dev.cdcdelta.bson.Json";

    private SemanticNames() {}

    static @Nullable String of(ScalarType type) {
        return switch (type) {
            case OBJECT_ID -> OBJECT_ID;
            case UUID -> UUID;
            case DECIMAL128 -> DECIMAL128;
            case JSON -> JSON;
            case NOTHING, BOOLEAN, INT32, INT64, FLOAT, DOUBLE, STRING, BINARY, DATE -> null;
        };
    }

    /** The type of a string schema. */
    static ScalarType ofString(@Nullable String name) {
        if (name == null) {
            return ScalarType.STRING;
        }
        return switch (name) {
            case OBJECT_ID -> ScalarType.OBJECT_ID;
            case UUID -> ScalarType.UUID;
            case DECIMAL128 -> ScalarType.DECIMAL128;
            case JSON -> ScalarType.JSON;
            default -> ScalarType.STRING;
        };
    }
}
