package dev.cdcdelta.smt.schema;

import org.apache.kafka.connect.errors.DataException;

/** Conflicts put in words. */
final class TypeConflict {
    private static final String TO_KEEP =
            ", and no column type holds both. Set conflict.policies=<path>=sidecar to keep such values in '";

    private TypeConflict() {}

    /** @throws ForbiddenValueException under {@link ConflictPolicy#FAIL} */
    static DataException refused(ConflictPolicy policy, FieldPath path, FieldType left, FieldType right) {
        String sidecar = FieldNames.sidecarOf(path.toString());
        if (policy == ConflictPolicy.FAIL) {
            throw new ForbiddenValueException("Field '" + path + "' is " + TypeNames.of(left) + " and "
                    + TypeNames.of(right) + TO_KEEP + sidecar
                    + "', or <path>=dlq to refuse the documents alone; the policy 'fail' stops the task.");
        }
        return new DataException("Field '" + path + "' is " + TypeNames.of(left) + " and " + TypeNames.of(right)
                + TO_KEEP + sidecar
                + "', or send the documents to a dead letter queue with errors.tolerance=all and"
                + " errors.deadletterqueue.topic.name.");
    }

    static DataException occupiedSidecar(FieldPath path, FieldType right, FieldType occupant) {
        return new DataException("Field '" + path + "' needs the sidecar '" + FieldNames.sidecarOf(path.toString())
                + "' for values of type " + TypeNames.of(right) + ", but a field of that name is "
                + TypeNames.of(occupant) + " already. Rename that field in the source.");
    }
}
