package dev.cdcdelta.smt.survey;

import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ArrayType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldPath;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.schema.TypeInference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/**
 * Looks at documents as the transform would, and counts. A value in conflict is counted where it would go into a sidecar, also where the
 * policy would refuse its document: the schema is that of the sidecars. Memory grows with the number of fields, up to a limit, and not with that of documents.
 */
public final class SchemaSurvey {
    private static final String FIELD = "f";

    /** No name of a field: BSON's hold no NUL. */
    private static final String ELEMENTS = "\0";

    private final SchemaRules rules;
    private final SchemaRules anyField;
    private final int mostFields;
    private final Part whole = new Part();
    private int fields;
    private StructType type;
    private long documents;
    private long uncounted;

    /**
     * @param known the type of the documents that are there already
     * @param rules what types fields have, and what becomes of values in conflict
     * @param mostFields fields whose values are counted; of later ones only the types are kept
     */
    public SchemaSurvey(StructType known, SchemaRules rules, int mostFields) {
        this.type = known;
        this.rules = rules.withoutRefusals();
        this.anyField = rules.ofAnyField();
        this.mostFields = mostFields;
    }

    /** A field, or the elements of an array, which have no kinds of their own. */
    private static final class Part {
        private final Kinds kinds = new Kinds();
        private final Map<String, Part> parts = new LinkedHashMap<>();
    }

    /** @throws org.apache.kafka.connect.errors.DataException if no schema holds it beside the others; it is not counted then */
    public void add(BsonDocument document) {
        type = SchemaMerge.merge(type, TypeInference.ofDocument(document, rules), rules);
        documents++;
        BsonValue id = document.getOrDefault(FieldNames.ID, BsonNull.VALUE);
        addFields("", whole, document, DocumentKey.of(id).canonical());
    }

    private void addFields(String prefix, Part part, BsonDocument document, String key) {
        document.forEach((name, value) -> {
            Part field = part.parts.get(name);
            if (field == null && fields == mostFields) {
                uncounted++;
                return;
            }
            if (field == null) {
                field = new Part();
                fields++;
                part.parts.put(name, field);
            }
            String path = FieldPath.of(prefix, FieldNames.fromDocument(name));
            field.kinds.add(kind(path, value), key);
            if (!rules.pinnedAt(path).filter(ScalarType.JSON::equals).isPresent()) {
                addParts(path, field, value, key);
            }
        });
    }

    private void addParts(String path, Part part, BsonValue value, String key) {
        if (value.isDocument()) {
            addFields(path, part, value.asDocument(), key);
        } else if (value.isArray()) {
            Part elements = part.parts.computeIfAbsent(ELEMENTS, name -> new Part());
            value.asArray().forEach(element -> addParts(path, elements, element, key));
        }
    }

    private Kinds.Kind kind(String path, BsonValue value) {
        String name = path.equals(FieldNames.ID) ? path : FIELD;
        StructType own = TypeInference.ofDocument(new BsonDocument(name, value), anyField);
        FieldType type = own.fields().get(0).type();
        boolean isMixed = own.field(FieldNames.sidecarOf(FIELD)).isPresent();
        Optional<FieldType> pinned = rules.pinnedAt(path);
        boolean isMisfit = pinned.isPresent() ? !TypeInference.holds(pinned.get(), value) : isMixed;
        return new Kinds.Kind(name.equals(FieldNames.ID) ? type : withoutFields(type), isMisfit, pinned.isPresent());
    }

    /** What documents hold is counted field by field. */
    private static FieldType withoutFields(FieldType type) {
        if (type instanceof StructType) {
            return new StructType(List.of());
        }
        return type instanceof ArrayType array ? new ArrayType(withoutFields(array.element())) : type;
    }

    public long documents() {
        return documents;
    }

    /** Values of fields beyond the limit. */
    public long uncounted() {
        return uncounted;
    }

    /** The type of all documents. */
    public StructType type() {
        return type;
    }

    /** By field, in the order in which they came first; of values that are in conflict as a whole, nothing of what they hold. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        collect("", whole, type, findings);
        return findings;
    }

    private static void collect(String prefix, Part part, FieldType type, List<Finding> into) {
        part.parts.forEach((name, field) -> {
            if (name.equals(ELEMENTS)) {
                if (type instanceof ArrayType array) {
                    collect(prefix, field, array.element(), into);
                }
            } else if (type instanceof StructType struct) {
                struct.field(FieldNames.fromDocument(name)).ifPresent(held -> {
                    String path = FieldPath.of(prefix, FieldNames.fromDocument(name));
                    into.add(new Finding(
                            path,
                            held.type(),
                            field.kinds.values(),
                            misfits(path.equals(FieldNames.ID) ? path : FIELD, field.kinds, held.type())));
                    collect(path + brackets(held.type()), field, held.type(), into);
                });
            }
        });
    }

    private static String brackets(FieldType type) {
        return type instanceof ArrayType array ? "[]" + brackets(array.element()) : "";
    }

    private static List<Finding.Misfit> misfits(String name, Kinds kinds, FieldType held) {
        List<Finding.Misfit> misfits = new ArrayList<>();
        kinds.seen().forEach((kind, seen) -> {
            if (kind.isMisfit() || !kind.isPinned() && !holds(name, held, kind.type())) {
                misfits.add(new Finding.Misfit(kind.type(), seen.values(), seen.keys()));
            }
        });
        return misfits;
    }

    private static boolean holds(String name, FieldType held, FieldType other) {
        StructType one = new StructType(List.of(new StructType.Field(name, held)));
        StructType two = new StructType(List.of(new StructType.Field(name, other)));
        return SchemaMerge.merge(one, two).equals(one);
    }
}
