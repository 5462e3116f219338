package dev.cdcdelta.smt;

import dev.cdcdelta.smt.update.UpdateDescription;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium's MongoDB connector says of one change, from a Struct or from a schemaless map alike. The image before is not read:
 * the key tells what a delete removes.
 *
 * @param after the document as extended JSON; null for deletes, and for updates of a document that was not looked up, or gone by then
 * @param updateDescription what an update changed, as Debezium writes it; null for other changes
 */
record Envelope(
        ChangeMetadata metadata,
        @Nullable String after,
        @Nullable Object updateDescription) {
    private static final Set<String> OPERATIONS = Set.of("c", ChangeMetadata.UPDATE, ChangeMetadata.DELETE, "r");
    private static final String TRUNCATE = "t";

    /**
     * Reads an envelope; empty for any other value, envelopes of other databases included.
     *
     * @throws DataException if the event tells that the collection was emptied
     */
    static Optional<Envelope> of(Object value) {
        Object source = Parts.of(value, "source");
        if (!(Parts.of(value, "op") instanceof String operation)
                || !(Parts.of(source, "collection") instanceof String collection)) {
            return Optional.empty();
        }
        if (operation.equals(TRUNCATE)) {
            throw new DataException(
                    "The event of operation 't' tells that all documents of collection '" + collection
                            + "' were removed at once, without naming them, so that no row can be told to be one of them. Remove the"
                            + " rows from the table where they should go, and set skipped.operations=t in the source connector.");
        }
        boolean isMongoDb =
                OPERATIONS.contains(operation) && isText(Parts.of(value, "after")) && isText(Parts.of(value, "before"));
        return isMongoDb ? Optional.of(of(value, source, operation, collection)) : Optional.empty();
    }

    private static Envelope of(Object value, @Nullable Object source, String operation, String collection) {
        ChangeMetadata metadata = new ChangeMetadata(
                operation,
                ChangeMetadata.time(Parts.of(source, "ts_ms")),
                ChangeMetadata.ordinal(Parts.of(source, "ord")),
                ChangeMetadata.text(Parts.of(source, "db")),
                collection);
        return new Envelope(metadata, (String) Parts.of(value, "after"), Parts.of(value, "updateDescription"));
    }

    boolean isUpdateWithoutImage() {
        return after == null && metadata.isOf(ChangeMetadata.UPDATE);
    }

    /**
     * What the update changed.
     *
     * @throws DataException if the event does not tell it
     */
    UpdateDescription update() {
        if (updateDescription == null) {
            throw new DataException("An update has neither a document in 'after' nor an 'updateDescription'."
                    + " Check the capture.mode of the source connector and the transforms that run before this one.");
        }
        return UpdateDescription.of(updateDescription);
    }

    /**
     * The document as extended JSON; empty for a delete.
     *
     * @throws DataException if the image is missing
     */
    Optional<String> document() {
        if (metadata.isOf(ChangeMetadata.DELETE)) {
            return Optional.empty();
        }
        if (after == null) {
            throw new DataException("An event of operation '" + metadata.operation()
                    + "' has no document in 'after'. Check the transforms that run before this one.");
        }
        return Optional.of(after);
    }

    private static boolean isText(@Nullable Object image) {
        return image == null || image instanceof String;
    }
}
