package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** The type that holds one document. */
public final class TypeInference {
    private final ConflictPolicy policy;
    private final SchemaMerge merge;

    private TypeInference(ConflictPolicy policy) {
        this.policy = policy;
        this.merge = new SchemaMerge(policy);
    }

    /**
     * The type of a whole document: {@code _id} first, and of a type that keeps its identity (see {@link IdentityInference}).
     *
     * @throws org.apache.kafka.connect.errors.DataException if an array's elements conflict and the policy refuses that
     */
    public static StructType ofDocument(BsonDocument document, ConflictPolicy policy) {
        return IdentityMerge.idFirst(new TypeInference(policy).struct("", document, true));
    }

    /** Whether a value is in conflict with its field's type, and no merging would change that. */
    public static boolean isInConflict(FieldType type, BsonValue value) {
        if (value.isArray() != type instanceof ArrayType && !type.isVacant()) {
            return true;
        }
        TypeInference inference = new TypeInference(ConflictPolicy.SIDECAR);
        Content content = inference.new Content("");
        FieldType own = content.type(value);
        return content.hasConflict
                || (inference.merge.join("", type, own) == null
                        && SchemaMerge.keptOf(type, own).equals(type));
    }

    private StructType struct(String path, BsonDocument document, boolean isWhole) {
        List<StructType.Field> fields = new ArrayList<>(document.size());
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            String name = FieldNames.fromDocument(entry.getKey());
            if (isWhole && name.equals(FieldNames.ID)) {
                fields.add(new StructType.Field(name, IdentityInference.of(entry.getValue())));
                continue;
            }
            Content content = new Content(path.isEmpty() ? name : path + "." + name);
            fields.add(new StructType.Field(name, content.type(entry.getValue())));
            if (content.hasConflict) {
                fields.add(new StructType.Field(FieldNames.sidecarOf(name), ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    /** What one named field holds, down to the next named fields: the range within which a conflict is this field's own. */
    private final class Content {
        private final String path;
        private boolean hasConflict;

        Content(String path) {
            this.path = path;
        }

        FieldType type(BsonValue value) {
            return switch (value.getBsonType()) {
                case DOCUMENT -> struct(path, value.asDocument(), false);
                case ARRAY -> new ArrayType(elements(value.asArray()));
                default -> ValueTypes.of(value);
            };
        }

        private FieldType elements(BsonArray array) {
            FieldType joined = ScalarType.NOTHING;
            for (BsonValue element : array) {
                FieldType type = type(element);
                FieldType both = merge.join(path, joined, type);
                if (both != null) {
                    joined = both;
                } else if (policy == ConflictPolicy.FAIL) {
                    throw TypeConflict.refused(path, joined, type);
                } else {
                    joined = SchemaMerge.keptOf(joined, type);
                    hasConflict = true;
                }
            }
            return joined;
        }
    }
}
