package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.schema.ColumnType;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.exceptions.InvalidConfigurationValueException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.UnknownConfigurationException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/** Creates tables: version 0 of a log. */
public final class TableCreation {
    private static final Map<String, String> FEATURES =
            Map.of("delta.enableDeletionVectors", "true", "delta.enableTypeWidening", "true");

    private TableCreation() {}

    /** The new table, or the one that somebody else created first. */
    public static KernelTable create(TableRoom room, ColumnType.Struct columns, Map<String, String> properties)
            throws IOException {
        Map<String, String> all = new HashMap<>(FEATURES);
        all.putAll(properties);
        try {
            Transaction transaction = TableManager.buildCreateTableTransaction(
                            room.location(), TableSchema.toDelta(columns), KernelTable.ENGINE)
                    .withTableProperties(all)
                    .withMaxRetries(0)
                    .build(room.engine());
            TransactionCommitResult result = transaction.commit(room.engine(), CloseableIterable.emptyIterable());
            // The checksum of version 0: every later one is derived from its predecessor.
            for (PostCommitHook hook : result.getPostCommitHooks()) {
                hook.threadSafeInvoke(room.engine());
            }
        } catch (UnknownConfigurationException | InvalidConfigurationValueException e) {
            ConfigException refused = new ConfigException("The table " + room.location()
                    + " cannot be created with the properties given: " + e.getMessage()
                    + " Correct or remove that property.");
            refused.initCause(e);
            throw refused;
        } catch (KernelException | KernelEngineException e) {
            Optional<KernelTable> winner = KernelTable.open(room);
            return winner.orElseThrow(() -> new ConnectException(
                    "The table " + room.location() + " could not be created: " + e.getMessage()
                            + " Check the storage and the table's columns and properties.",
                    e));
        }
        return KernelTable.open(room)
                .orElseThrow(() -> new ConnectException("The table " + room.location()
                        + " vanished as it was created. See to it that nobody else deletes from the warehouse."));
    }
}
