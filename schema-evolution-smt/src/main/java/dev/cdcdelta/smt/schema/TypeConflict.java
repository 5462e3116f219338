package dev.cdcdelta.smt.schema;

import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;

/** Conflicts put in words. */
final class TypeConflict {
    private static final String TO_DEAD_LETTERS =
            "to a dead letter queue with errors.tolerance=all and errors.deadletterqueue.topic.name.";

    private TypeConflict() {}

    /** @param policy one that refuses */
    static ConnectException refused(ConflictPolicy policy, String path, FieldType left, FieldType right) {
        String problem = "Field '" + path + "' is " + TypeNames.of(left) + " and " + TypeNames.of(right)
                + ", and no column type holds both. Set conflict.policy=sidecar, or conflict.policies for this field, to keep such"
                + " values in '" + FieldNames.sidecarOf(path) + "', or send the documents ";
        return policy == ConflictPolicy.FAIL
                ? new ConflictException(problem + "with conflict.policy=dlq " + TO_DEAD_LETTERS)
                : new DataException(problem + TO_DEAD_LETTERS);
    }

    static DataException occupiedSidecar(String path, FieldType right, FieldType occupant) {
        return new DataException("Field '" + path + "' needs the sidecar '" + FieldNames.sidecarOf(path)
                + "' for values of type " + TypeNames.of(right) + ", but a field of that name is "
                + TypeNames.of(occupant) + " already. Rename that field in the source.");
    }
}
