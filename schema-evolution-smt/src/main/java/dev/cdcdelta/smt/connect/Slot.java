package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.FieldName;
import dev.cdcdelta.smt.schema.FieldType;

/**
 * Where a document field's values go.
 *
 * @param index among the slots of its struct
 * @param place {@link Places#of}
 * @param sidecar {@link Places#besides}
 */
record Slot(int index, FieldName name, FieldType type, ValueWriter writer, int place, int sidecar) {}
