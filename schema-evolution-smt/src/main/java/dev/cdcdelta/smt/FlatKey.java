package dev.cdcdelta.smt;

import dev.cdcdelta.smt.schema.FieldNames;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A record key that holds an {@code _id} by that name. */
record FlatKey(@Nullable Schema schema, @Nullable Object value) {
    static FlatKey of(Field id, Struct key) {
        Schema schema = SchemaBuilder.struct()
                .optional()
                .field(FieldNames.ID, id.schema())
                .build();
        return new FlatKey(schema, new Struct(schema).put(FieldNames.ID, key.get(id)));
    }
}
