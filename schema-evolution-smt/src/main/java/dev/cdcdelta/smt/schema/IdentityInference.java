package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Types of {@code _id}s, from whose column the very value can be told again. What a column would blur (null, code, timestamps, arrays,
 * binary subtypes but the generic one and the standard UUID's) is canonical extended JSON text here.
 */
public final class IdentityInference {
    private static final byte GENERIC_BINARY = 0;
    private static final byte LEGACY_UUID = 3;

    private IdentityInference() {}

    /** The type of an {@code _id}, or of a field of one that is a document. */
    public static FieldType of(BsonValue id) {
        return switch (id.getBsonType()) {
            case DOCUMENT -> ofDocument(id.asDocument());
            case BINARY -> ofBinary(id.asBinary());
            case NULL, UNDEFINED, ARRAY, JAVASCRIPT, TIMESTAMP -> ScalarType.JSON;
            default -> ValueTypes.of(id);
        };
    }

    /** Whether an {@code _id} column of the type holds the value. */
    public static boolean isOf(FieldType type, BsonValue id) {
        return type == ScalarType.JSON || type.equals(IdentityMerge.join(type, of(id)));
    }

    /** Whether no {@code _id} column holds values of the type and the value, so that the value goes to the sidecar. */
    public static boolean isInConflict(FieldType type, BsonValue id) {
        return IdentityMerge.join(type, of(id)) == null;
    }

    private static FieldType ofDocument(BsonDocument id) {
        if (id.isEmpty()) {
            return ScalarType.JSON;
        }
        List<StructType.Field> fields = new ArrayList<>(id.size());
        for (Map.Entry<String, BsonValue> field : id.entrySet()) {
            fields.add(new StructType.Field(FieldNames.fromDocument(field.getKey()), of(field.getValue())));
        }
        return new StructType(fields);
    }

    private static ScalarType ofBinary(BsonBinary binary) {
        if (ValueTypes.isUuid(binary)) {
            return binary.getType() == LEGACY_UUID ? ScalarType.JSON : ScalarType.UUID;
        }
        return binary.getType() == GENERIC_BINARY ? ScalarType.BINARY : ScalarType.JSON;
    }
}
