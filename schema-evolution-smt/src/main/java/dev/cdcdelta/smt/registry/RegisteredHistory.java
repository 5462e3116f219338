package dev.cdcdelta.smt.registry;

import dev.cdcdelta.smt.connect.ConnectSchemas;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.SchemaMerge;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * A history that is kept in the registry. The API has no compare-and-set, so after each registration the newest version is read: if it
 * is another's, or others came in between, they are merged and registered again, until one version holds all.
 *
 * <p>Documents are written in a type that may be wider than the registered one, where the registry has refused to widen that; {@link
 * #agreed} then moves what does not fit into sidecars.
 */
final class RegisteredHistory implements TopicHistory {
    private static final int ATTEMPTS = 20;
    private static final StructType NOTHING = new StructType(List.of());

    private final RegistryClient client;
    private final Subject subject;
    private final SchemaRules rules;
    private Agreed agreed = new Agreed(0, NOTHING, null);
    private @Nullable Copy copy;

    /**
     * Where a topic's schemas stand.
     *
     * @param record the full name of the Avro record
     */
    record Subject(String name, String record) {}

    /**
     * A registered type.
     *
     * @param version the newest version of the subject; 0 if there is none
     * @param schema the type's Connect schema, which an Avro converter finds in the registry; null if there is no version
     */
    private record Agreed(
            int version, StructType type, @Nullable Schema schema) {}

    private record Copy(Schema source, StructCopy structs) {}

    RegisteredHistory(RegistryClient client, Subject subject, SchemaRules rules) {
        this.client = client;
        this.subject = subject;
        this.rules = rules;
    }

    @Override
    public StructType known() {
        agreeTo(newest());
        return agreed.type;
    }

    @Override
    public StructType extend(StructType wider) {
        if (!form(merged(agreed, wider)).equals(agreed.schema)) {
            agreeTo(widened(wider));
        }
        return merged(agreed, wider);
    }

    /** Has the registry hold a type, as far as it lets that be; what is agreed stays as it is meanwhile. */
    private Agreed widened(StructType wider) {
        StructType wanted = wider;
        @Nullable Schema registered = null;
        Agreed before = new Agreed(0, NOTHING, null);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Agreed newest = newest();
            if (registered != null) {
                wanted = withVersionsBetween(before.version, newest.version, wanted);
            }
            StructType candidate = merged(newest, wanted);
            Schema form = form(candidate);
            // A schema that is an older version already makes no new one.
            boolean isOlderVersion = form.equals(registered) && newest.version == before.version;
            if (form.equals(newest.schema) || isOlderVersion) {
                return new Agreed(newest.version, candidate, form);
            }
            before = newest;
            registered = form;
            if (client.register(subject.name, AvroText.of(form)) instanceof Registration.Refused refused) {
                wanted = narrowed(newest.type, candidate, refused);
                registered = null;
            }
        }
        throw new RetriableException("Subject '" + subject.name + "' of the schema registry changed " + ATTEMPTS
                + " times while a wider schema was registered. Restart the task; if it comes again, see who else registers"
                + " schemas there.");
    }

    /** What others registered between the version that ours was made from and ours; ours hides it from those who read the newest. */
    private StructType withVersionsBetween(int before, int newest, StructType wanted) {
        StructType merged = wanted;
        for (int version = before + 1; version < newest; version++) {
            Optional<RegisteredSchema> hidden = client.version(subject.name, Integer.toString(version));
            if (hidden.isPresent()) {
                merged = SchemaMerge.merge(type(hidden.get()), merged, rules);
            }
        }
        return merged;
    }

    private void agreeTo(Agreed newlyAgreed) {
        agreed = newlyAgreed;
        copy = null;
    }

    private StructType merged(Agreed known, StructType wider) {
        return SchemaMerge.merge(known.type, wider, rules);
    }

    private StructType narrowed(StructType known, StructType candidate, Registration.Refused refused) {
        if (rules.otherwise().refuses()) {
            throw refusal(refused, "Set conflict.policy=sidecar to keep such values in '<field>__json'", null);
        }
        try {
            StructType narrowed = NarrowedType.of(known, candidate);
            if (!form(narrowed).equals(form(candidate))) {
                return narrowed;
            }
        } catch (DataException identity) {
            throw refusal(refused, identity.getMessage() + " Give the collection's _ids one type", identity);
        }
        throw refusal(refused, "Not even new fields are let in", null);
    }

    private DataException refusal(Registration.Refused refused, String why, @Nullable Exception cause) {
        return new DataException(
                "The schema registry refuses the schema that this document needs, in subject '" + subject.name + "': "
                        + refused.answer() + ". " + why
                        + ", or relax the subject's compatibility level in the registry.",
                cause);
    }

    private Agreed newest() {
        Optional<RegisteredSchema> newest = client.version(subject.name, RegistryClient.NEWEST);
        if (newest.isEmpty()) {
            return new Agreed(0, NOTHING, null);
        }
        StructType type = type(newest.get());
        return new Agreed(newest.get().version(), type, form(type));
    }

    private StructType type(RegisteredSchema registered) {
        return AvroTypes.ofDocument(registered.schema())
                .filter(type -> type.field(FieldNames.ID).isPresent())
                .orElseThrow(() -> new ConnectException("Subject '" + subject.name + "' of the schema registry holds,"
                        + " in version " + registered.version()
                        + ", no Avro record with a field '_id', so it is not about this"
                        + " topic's documents. Use the transform in the source connector, or on a topic whose subject is free,"
                        + " or take " + RegistryKeys.URL + " out."));
    }

    private Schema form(StructType type) {
        return AvroForm.of(ConnectSchemas.toConnect(type), subject.record);
    }

    @Override
    public Struct agreed(Struct document) {
        Schema target = agreed.schema;
        if (target == null) {
            throw new IllegalStateException(
                    "A document of subject " + subject.name + " is written before its schema is agreed");
        }
        Copy current = copy;
        if (current == null || current.source != document.schema()) {
            current = new Copy(document.schema(), new StructCopy(document.schema(), target));
            copy = current;
        }
        return current.structs.of(document);
    }
}
