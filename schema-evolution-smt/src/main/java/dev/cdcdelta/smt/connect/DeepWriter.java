package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ScalarType;
import dev.cdcdelta.smt.schema.ValueTypes;
import org.bson.BsonType;
import org.bson.BsonValue;

/** Writes documents and arrays that are too deep for columns of their own as canonical extended JSON, beside values that always are. */
record DeepWriter() implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        BsonType bson = value.getBsonType();
        boolean isText = bson == BsonType.DOCUMENT || bson == BsonType.ARRAY || ValueTypes.of(value) == ScalarType.JSON;
        return isText ? ExtendedJson.text(value) : Misfit.VALUE;
    }
}
