package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.TableFeature;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a table asks of those who write to it (PROTOCOL.md, Table Features), held against what this writer does. A feature that we do not know may make our files wrong.
 */
final class WriterRequirements {
    static final String DELETION_VECTORS = "deletionVectors";
    static final String WIDENING_PROPERTY = "delta.enableTypeWidening";

    /** Features that change nothing for us as long as the properties and fields below do not switch them on. */
    private static final Set<String> HARMLESS = Set.of(
            DELETION_VECTORS,
            "typeWidening",
            "appendOnly",
            "invariants",
            "checkConstraints",
            "changeDataFeed",
            "generatedColumns",
            "identityColumns",
            "columnMapping",
            "timestampNtz",
            "domainMetadata",
            "clustering",
            "v2Checkpoint",
            "vacuumProtocolCheck",
            "inCommitTimestamp",
            "checkpointProtection",
            "allowColumnDefaults");

    private static final Map<String, String> SWITCHES = Map.of(
            "delta.appendOnly", "false",
            "delta.columnMapping.mode", "none");

    private static final Set<String> FIELD_RULES =
            Set.of("delta.invariants", "delta.generationExpression", "delta.identity.start", "CURRENT_DEFAULT");

    private WriterRequirements() {}

    static void check(String location, TableState state, Set<TableFeature> needed) {
        Protocol protocol = state.protocol();
        try {
            TableFeatures.validateKernelCanWriteToTable(protocol, state.metadata(), location);
        } catch (KernelException e) {
            ConfigException refused = refused(location, "it asks more of its writers: " + e.getMessage(), "");
            refused.initCause(e);
            throw refused;
        }
        Set<String> unknown = new TreeSet<>(protocol.getReaderAndWriterFeatures());
        unknown.removeAll(HARMLESS);
        if (!unknown.isEmpty()) {
            throw refused(
                    location,
                    "it has the table features " + unknown + ", which this writer does not know",
                    "drop them with ALTER TABLE ... DROP FEATURE, or ");
        }
        if (needed.contains(TableFeature.DELETION_VECTORS) && !state.view().has(TableFeature.DELETION_VECTORS)) {
            throw refused(
                    location,
                    "it lacks the table feature " + DELETION_VECTORS + ", which upserts and deletes in place need",
                    "set 'delta.enableDeletionVectors' = 'true' with ALTER TABLE ... SET TBLPROPERTIES, or ");
        }
        if (needed.contains(TableFeature.CHANGE_DATA_FEED) && !state.view().has(TableFeature.CHANGE_DATA_FEED)) {
            throw refused(
                    location,
                    "its change data feed is off",
                    "set 'delta.enableChangeDataFeed' = 'true' with ALTER TABLE ... SET TBLPROPERTIES, or ");
        }
        checkProperties(location, state);
        checkFields(location, state.metadata().getSchema());
    }

    /** A table widens unless its owner forbids it; the feature that it takes comes with the widening commit. */
    static void checkWidening(String location, TableState state) {
        if (forbidsWidening(state.view().properties())) {
            throw refused(
                    location,
                    "a column has to hold wider values, which its property " + WIDENING_PROPERTY + " = false forbids",
                    "set '" + WIDENING_PROPERTY + "' = 'true' with ALTER TABLE ... SET TBLPROPERTIES, or ");
        }
    }

    static boolean forbidsWidening(Map<String, String> properties) {
        return "false".equalsIgnoreCase(properties.get(WIDENING_PROPERTY));
    }

    /** Files hold a table's own column names, all of them, unless names are mapped; partition values are with the files. */
    static void checkNames(String location, TableState state) {
        String mapping = state.view().properties().getOrDefault("delta.columnMapping.mode", "none");
        if (!mapping.equals("none")) {
            throw new ConfigException("The table " + location + " cannot be read here: it maps its column"
                    + " names (delta.columnMapping.mode is " + mapping
                    + "). Use another reader of Delta tables for it.");
        }
    }

    private static void checkProperties(String location, TableState state) {
        Map<String, String> properties = state.view().properties();
        SWITCHES.forEach((name, off) -> {
            if (!properties.getOrDefault(name, off).equalsIgnoreCase(off)) {
                throw refused(
                        location, "its property " + name + " is " + properties.get(name), "set it to " + off + ", or ");
            }
        });
        Optional<String> constraint = properties.keySet().stream()
                .filter(name -> name.startsWith("delta.constraints."))
                .findFirst();
        if (constraint.isPresent()) {
            throw refused(location, "it has the CHECK constraint " + constraint.get(), "drop the constraint, or ");
        }
    }

    private static void checkFields(String location, DataType type) {
        if (type instanceof ArrayType array) {
            checkFields(location, array.getElementType());
        }
        if (type instanceof StructType struct) {
            for (StructField field : struct.fields()) {
                if (!field.isNullable()) {
                    throw refused(
                            location,
                            "its column " + field.getName() + " is NOT NULL, and a document may lack any field",
                            "drop NOT NULL with ALTER TABLE ... ALTER COLUMN, or ");
                }
                FIELD_RULES.stream()
                        .filter(field.getMetadata()::contains)
                        .findFirst()
                        .ifPresent(rule -> {
                            throw refused(location, "its column " + field.getName() + " has " + rule, "");
                        });
                checkFields(location, field.getDataType());
            }
        }
    }

    private static ConfigException refused(String location, String problem, String remedy) {
        return new ConfigException("The table " + location + " cannot be written to: " + problem + ". To go on, "
                + remedy + "choose another table.");
    }
}
