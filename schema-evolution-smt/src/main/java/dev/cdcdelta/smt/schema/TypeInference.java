package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/** The type that holds one document. */
public final class TypeInference {
    private static final SchemaRules NO_RULES = SchemaRules.of(ConflictPolicy.SIDECAR);

    private final SchemaRules rules;
    private final SchemaMerge merge;

    private TypeInference(SchemaRules rules) {
        this.rules = rules;
        this.merge = new SchemaMerge(rules);
    }

    /** Under one policy for all fields. */
    public static StructType ofDocument(BsonDocument document, ConflictPolicy policy) {
        return ofDocument(document, SchemaRules.of(policy));
    }

    /**
     * The type of a whole document: {@code _id} first, and of a type that keeps its identity (see {@link IdentityInference}).
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if an array's elements conflict, or a value and the type that its field is
     *     declared to have, and the policy refuses that; a DataException under {@link ConflictPolicy#DLQ}
     */
    public static StructType ofDocument(BsonDocument document, SchemaRules rules) {
        return IdentityMerge.idFirst(new TypeInference(rules).struct("", document, true));
    }

    /** Whether a value is in conflict with its field's type, and no merging would change that. */
    public static boolean isInConflict(FieldType type, BsonValue value) {
        if (value.isArray() != type instanceof ArrayType && !type.isVacant()) {
            return true;
        }
        TypeInference inference = new TypeInference(NO_RULES);
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
            String fieldPath = path.isEmpty() ? name : path + "." + name;
            boolean isId = isWhole && name.equals(FieldNames.ID);
            Optional<FieldType> pinned = rules.pinnedAt(fieldPath);
            if (pinned.isPresent()) {
                addPinned(fieldPath, name, pinned.get(), entry.getValue(), isId, fields);
                continue;
            }
            if (isId) {
                fields.add(new StructType.Field(name, IdentityInference.of(entry.getValue())));
                continue;
            }
            Content content = new Content(fieldPath);
            fields.add(new StructType.Field(name, content.type(entry.getValue())));
            if (content.hasConflict) {
                fields.add(new StructType.Field(FieldNames.sidecarOf(name), ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    private void addPinned(
            String path, String name, FieldType pinned, BsonValue value, boolean isId, List<StructType.Field> fields) {
        fields.add(new StructType.Field(name, pinned));
        if (!(isId ? IdentityInference.isOf(pinned, value) : holds(pinned, value))) {
            ConflictPolicy policy = rules.policyAt(path);
            if (policy.refuses()) {
                throw TypeConflict.refused(policy, path, pinned, new Content(path).type(value));
            }
            fields.add(new StructType.Field(FieldNames.sidecarOf(name), ScalarType.JSON));
        }
    }

    /** Whether a field that is declared to be of the type takes the value without loss. */
    public static boolean holds(FieldType declared, BsonValue value) {
        if (declared == ScalarType.JSON || value.isNull() || value.getBsonType() == BsonType.UNDEFINED) {
            return true;
        }
        if (declared instanceof ArrayType array) {
            return value.isArray() && value.asArray().stream().allMatch(each -> holds(array.element(), each));
        }
        if (value.isDocument() || value.isArray()) {
            return false;
        }
        if (declared instanceof DecimalType decimal) {
            return decimal.exact(value).isPresent();
        }
        return declared.equals(ScalarJoin.join(declared, ValueTypes.of(value)))
                || declared.equals(ValueTypes.of(value));
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
                } else if (rules.policyAt(path).refuses()) {
                    throw TypeConflict.refused(rules.policyAt(path), path, joined, type);
                } else {
                    joined = SchemaMerge.keptOf(joined, type);
                    hasConflict = true;
                }
            }
            return joined;
        }
    }
}
