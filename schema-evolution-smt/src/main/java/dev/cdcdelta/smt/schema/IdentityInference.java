package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Types of {@code _id}s, from whose column the very value can be told again. What a column would blur (null, code, timestamps, arrays,
 * binary subtypes but the generic one and the standard UUID's), and documents beyond {@link SchemaLimits#DEFAULT}, is canonical extended JSON text here.
 */
public final class IdentityInference {
    private static final byte GENERIC_BINARY = 0;
    private static final byte LEGACY_UUID = 3;

    private IdentityInference() {}

    /** The type of an {@code _id}, or of a field of one that is a document. */
    public static FieldType of(BsonValue id) {
        return switch (id.getBsonType()) {
            case DOCUMENT -> isTooLarge(id.asDocument()) ? ScalarType.JSON : ofDocument(id.asDocument());
            case BINARY -> ofBinary(id.asBinary());
            case NULL, UNDEFINED, ARRAY, JAVASCRIPT, TIMESTAMP -> ScalarType.JSON;
            default -> ValueTypes.of(id);
        };
    }

    /** Whether an {@code _id} column of the type holds the value. */
    public static boolean isOf(FieldType type, BsonValue id) {
        return type.equals(IdentityMerge.join(type, of(id)));
    }

    /** Whether no widening lets an {@code _id} column of the type hold values of the other. */
    public static boolean isInConflict(FieldType type, FieldType other) {
        return IdentityMerge.join(type, other) == null;
    }

    /** The limits are the default ones whatever rules say, so that all who read keys agree. */
    private static boolean isTooLarge(BsonDocument id) {
        return id.size() > SchemaLimits.DEFAULT.columns() || leaves(id, 1) > SchemaLimits.DEFAULT.columns();
    }

    private static long leaves(BsonDocument id, int depth) {
        if (depth >= SchemaLimits.DEFAULT.depth()) {
            return Integer.MAX_VALUE;
        }
        long leaves = 0;
        for (BsonValue part : id.values()) {
            leaves += part instanceof BsonDocument document ? leaves(document, depth + 1) : 1;
        }
        return leaves;
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
