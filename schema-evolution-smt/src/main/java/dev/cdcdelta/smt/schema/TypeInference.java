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

    /** The type of a whole document under one policy for all fields. */
    public static StructType ofDocument(BsonDocument document, ConflictPolicy policy) {
        return ofDocument(document, SchemaRules.of(policy));
    }

    /**
     * The type of a whole document: {@code _id} first, and of a type that keeps its identity (see {@link IdentityInference}).
     *
     * @throws org.apache.kafka.connect.errors.DataException if a value conflicts with its declared type, or an array's elements do, and the
     *     policy is {@link ConflictPolicy#DLQ}
     * @throws ForbiddenValueException where it is {@link ConflictPolicy#FAIL}
     */
    public static StructType ofDocument(BsonDocument document, SchemaRules rules) {
        return IdentityMerge.idFirst(new TypeInference(rules).struct(FieldPath.ROOT, document, 1));
    }

    /** Whether a value is in conflict with its field's type, and no merging would change that. */
    public static boolean isInConflict(FieldType type, BsonValue value) {
        if (type == ScalarType.JSON) {
            return false;
        }
        if (value.isArray() != type instanceof ArrayType && !type.isVacant()) {
            return true;
        }
        TypeInference inference = new TypeInference(SchemaRules.DEFAULT);
        Content content = inference.new Content(FieldPath.ROOT);
        FieldType own = content.type(value, 1);
        return content.hasConflict
                || (inference.merge.join(FieldPath.ROOT, type, own) == null
                        && SchemaMerge.keptOf(type, own).equals(type));
    }

    private StructType struct(FieldPath path, BsonDocument document, int depth) {
        List<StructType.Field> fields = new ArrayList<>(document.size());
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            String name = FieldNames.fromDocument(entry.getKey());
            Content content = new Content(path.field(name));
            FieldType type = path == FieldPath.ROOT && name.equals(FieldNames.ID)
                    ? content.identity(entry.getValue())
                    : content.fieldType(entry.getValue(), depth);
            fields.add(new StructType.Field(name, type));
            if (content.hasConflict) {
                fields.add(new StructType.Field(FieldNames.sidecarOf(name), ScalarType.JSON));
            }
        }
        return new StructType(fields);
    }

    /** What one named field holds, down to the next named fields: the range within which a conflict is this field's own. */
    private final class Content {
        private final FieldPath path;
        private boolean hasConflict;

        Content(FieldPath path) {
            this.path = path;
        }

        FieldType identity(BsonValue id) {
            Optional<FieldType> declared = rules.declared(path);
            if (declared.isEmpty()) {
                return IdentityInference.of(id);
            }
            if (!IdentityInference.isOf(declared.get(), id)) {
                conflict(declared.get(), IdentityInference.of(id));
            }
            return declared.get();
        }

        FieldType fieldType(BsonValue value, int depth) {
            Optional<FieldType> declared = rules.declared(path);
            if (declared.isEmpty()) {
                return type(value, depth);
            }
            BsonType bson = value.getBsonType();
            if (bson == BsonType.NULL || bson == BsonType.UNDEFINED) {
                return ScalarType.NOTHING;
            }
            if (DeclaredValues.fit(declared.get(), value) == null) {
                conflict(declared.get(), new Content(path).type(value, depth));
            }
            return declared.get();
        }

        FieldType type(BsonValue value, int depth) {
            return switch (value.getBsonType()) {
                case DOCUMENT ->
                    depth < rules.limits().depth() ? struct(path, value.asDocument(), depth + 1) : ScalarType.JSON;
                case ARRAY ->
                    depth < rules.limits().depth()
                            ? new ArrayType(elements(value.asArray(), depth + 1))
                            : ScalarType.JSON;
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
            FieldType joined = ScalarType.NOTHING;
            for (BsonValue element : array) {
                FieldType type = type(element, depth);
                FieldType both = merge.join(path.elements(), joined, type);
                if (both != null) {
                    joined = both;
                } else {
                    conflict(joined, type);
                    joined = SchemaMerge.keptOf(joined, type);
                }
            }
            return joined;
        }

        private void conflict(FieldType left, FieldType right) {
            ConflictPolicy policy = rules.policyOf(path);
            if (policy.refuses()) {
                throw TypeConflict.refused(policy, path, left, right);
            }
            hasConflict = true;
        }
    }
}
