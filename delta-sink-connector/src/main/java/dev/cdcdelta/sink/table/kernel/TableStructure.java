package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.ColumnType;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a commit that changes the columns makes of a table.
 *
 * @param protocol present where the change takes a table feature that the table does not have yet
 */
record TableStructure(Metadata metadata, Optional<Protocol> protocol) {
    /**
     * @return empty if the columns stay as they are
     * @throws org.apache.kafka.common.config.ConfigException if the table's owner forbids the change
     */
    static Optional<TableStructure> change(String location, TableState state, ColumnType.Struct columns) {
        if (columns.equals(state.view().columns())) {
            return Optional.empty();
        }
        SchemaChange change = SchemaChange.between(state.metadata().getSchema(), columns);
        Metadata changed = state.metadata().withNewSchema(change.schema());
        if (!change.widens()) {
            return Optional.of(new TableStructure(changed, Optional.empty()));
        }
        WriterRequirements.checkWidening(location, state);
        // PROTOCOL.md, Type Widening: the property must be true where a type changes, and the feature in the protocol
        // by then.
        Metadata widening = changed.withMergedConfiguration(Map.of(WriterRequirements.WIDENING_PROPERTY, "true"));
        return Optional.of(new TableStructure(
                widening,
                TableFeatures.autoUpgradeProtocolBasedOnMetadata(widening, Set.of(), state.protocol())
                        .map(upgrade -> upgrade._1)));
    }
}
