package dev.cdcdelta.smt.schema;

/** Types without parts. */
public enum ScalarType implements FieldType {
    /** No value seen yet but null: no column. */
    NOTHING,
    BOOLEAN,
    INT32,
    INT64,
    FLOAT,
    DOUBLE,
    STRING,
    /** A BSON ObjectId as 24 hexadecimal digits. */
    OBJECT_ID,
    /** BSON binary of subtype 3 or 4 in its text form. */
    UUID,
    /** A BSON Decimal128 in its text form, which loses nothing. */
    DECIMAL128,
    BINARY,
    /** A BSON date: milliseconds since the epoch, UTC. */
    DATE,
    /** Canonical extended JSON text of a value that has no column type of its own. */
    JSON;

    @Override
    public boolean isVacant() {
        return this == NOTHING;
    }
}
