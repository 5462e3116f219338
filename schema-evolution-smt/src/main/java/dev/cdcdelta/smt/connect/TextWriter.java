package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.ExtendedJson;
import org.bson.BsonValue;

/**
 * Writes whatever comes as canonical extended JSON.
 *
 * @param writesNull whether null is a value like others
 */
record TextWriter(boolean writesNull) implements ValueWriter {
    @Override
    public Object write(BsonValue value) {
        return ExtendedJson.text(value);
    }
}
