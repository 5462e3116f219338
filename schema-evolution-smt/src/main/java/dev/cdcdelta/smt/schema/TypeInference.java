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
        return IdentityMerge.idFirst(new TypeInference(rules).struct("", document, 1));
    }

    /**
     * Whether a value is in conflict with its field's type, and no merging would change that.
     *
     * @param rules {@link SchemaRules#ofAnyField}
     */
    public static boolean isInConflict(FieldType type, BsonValue value, SchemaRules rules) {
        if (value.isArray() != type instanceof ArrayType && !type.isVacant()) {
            return true;
        }
        TypeInference inference = new TypeInference(rules);
        Content content = inference.new Content("");
        FieldType own = content.type(value, 1);
        return content.hasConflict
                || (inference.merge.join("", type, own) == null
                        && SchemaMerge.keptOf(type, own).equals(type));
    }

    /** @param depth of documents and arrays that the fields are within, the document itself included */
    private StructType struct(String path, BsonDocument document, int depth) {
        List<StructType.Field> fields = new ArrayList<>(document.size());
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            String name = FieldNames.fromDocument(entry.getKey());
            String fieldPath = FieldPath.of(path, name);
            boolean isId = depth == 1 && name.equals(FieldNames.ID);
            Optional<FieldType> pinned = rules.pinnedAt(fieldPath);
            if (pinned.isPresent()) {
                addPinned(fieldPath, name, pinned.get(), entry.getValue(), isId ? 0 : depth, fields);
                continue;
            }
            if (isId) {
                fields.add(new StructType.Field(name, IdentityInference.of(entry.getValue())));
                continue;
            }
            Content content = new Content(fieldPath);
            fields.add(new StructType.Field(name, content.type(entry.getValue(), depth)));
            if (content.hasConflict) {
                fields.add(new StructType.Field(FieldNames.sidecarOf(name), ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    /** @param depth 0 for {@code _id} */
    private void addPinned(
            String path, String name, FieldType pinned, BsonValue value, int depth, List<StructType.Field> fields) {
        boolean isNull = value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
        if (depth > 0 && isNull) {
            fields.add(new StructType.Field(name, ScalarType.NOTHING));
            return;
        }
        fields.add(new StructType.Field(name, pinned));
        if (!(depth == 0 ? IdentityInference.isOf(pinned, value) : holds(pinned, value))) {
            ConflictPolicy policy = rules.policyAt(path);
            if (policy.refuses()) {
                throw TypeConflict.refused(policy, path, pinned, new Content(path).type(value, Math.max(depth, 1)));
            }
            fields.add(new StructType.Field(FieldNames.sidecarOf(name), ScalarType.JSON));
        }
    }

    /** Whether a field that is declared to be of the type takes the value without loss. */
    public static boolean holds(FieldType declared, BsonValue value) {
        return DeclaredValues.fit(declared, value) != null;
    }

    /** What one named field holds, down to the next named fields: the range within which a conflict is this field's own. */
    private final class Content {
        private final String path;
        private boolean hasConflict;

        Content(String path) {
            this.path = path;
        }

        FieldType type(BsonValue value, int depth) {
            boolean isTooDeep = depth >= rules.limits().depth();
            return switch (value.getBsonType()) {
                case DOCUMENT -> isTooDeep ? ScalarType.JSON : struct(path, value.asDocument(), depth + 1);
                case ARRAY -> isTooDeep ? ScalarType.JSON : new ArrayType(elements(value.asArray(), depth + 1));
                case DECIMAL128 -> decimal(value);
                default -> ValueTypes.of(value);
            };
        }

        private FieldType decimal(BsonValue value) {
            FieldType type = rules.decimals().type();
            if (DeclaredValues.fit(type, value) == null) {
                conflict(type, ScalarType.DECIMAL128);
            }
            return type;
        }

        private FieldType elements(BsonArray array, int depth) {
            JoinedType joined = new JoinedType(rules, ScalarType.NOTHING);
            for (BsonValue element : array) {
                FieldType type = type(element, depth);
                if (!joined.add(path, type)) {
                    conflict(joined.build(), type);
                    joined.keepOr(type);
                }
            }
            return joined.build();
        }

        private void conflict(FieldType left, FieldType right) {
            ConflictPolicy policy = rules.policyAt(path);
            if (policy.refuses()) {
                throw TypeConflict.refused(policy, path, left, right);
            }
            hasConflict = true;
        }
    }
}
