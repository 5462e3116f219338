package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.TableDefinition;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.exceptions.InvalidConfigurationValueException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.UnknownConfigurationException;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/** Creates tables: version 0 of a log. */
public final class TableCreation {
    /** Type widening is not among them: readers that do not know it refuse the table, so it waits for the first column that widens. */
    private static final Map<String, String> FEATURES = Map.of("delta.enableDeletionVectors", "true");

    private TableCreation() {}

    /** The new table, or the one that somebody else created first. */
    public static KernelTable create(TableRoom room, TableDefinition definition) throws IOException {
        Map<String, String> all = new HashMap<>(FEATURES);
        all.putAll(definition.properties());
        try {
            Transaction transaction = TableManager.buildCreateTableTransaction(
                            room.location(), TableSchema.toDelta(definition.columns()), KernelTable.ENGINE)
                    .withTableProperties(all)
                    .withDataLayoutSpec(DataLayout.of(room.location(), definition))
                    .withMaxRetries(0)
                    .build(room.engine());
            transaction.commit(room.engine(), CloseableIterable.emptyIterable());
        } catch (UnknownConfigurationException | InvalidConfigurationValueException e) {
            ConfigException refused = new ConfigException("The table " + room.location()
                    + " cannot be created with the properties given: " + e.getMessage()
                    + " Correct or remove that property.");
            refused.initCause(e);
            throw refused;
        } catch (KernelException | KernelEngineException e) {
            Optional<KernelTable> winner = KernelTable.open(room);
            if (winner.isEmpty() && StorageFailure.mayPass(e)) {
                throw e;
            }
            return winner.orElseThrow(() -> new ConnectException(
                    "The table " + room.location() + " could not be created: " + e.getMessage()
                            + " Check the storage and the table's columns and properties.",
                    e));
        }
        KernelTable table = KernelTable.open(room)
                .orElseThrow(() -> new ConnectException("The table " + room.location()
                        + " vanished as it was created. See to it that nobody else deletes from the warehouse."));
        table.writeChecksum();
        return table;
    }
}
