package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.ejson.FieldName;
import dev.cdcdelta.smt.schema.FieldType;
import org.apache.kafka.connect.data.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where a document field's values go.
 *
 * @param index among the slots of its struct
 * @param field null while the field is vacant
 * @param sidecar null while the field is without conflict
 */
record Slot(
        int index,
        FieldName name,
        FieldType type,
        ValueWriter writer,
        @Nullable Field field,
        @Nullable Field sidecar) {}
