package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The fields of a Connect schema, in its order; the values become a Struct of it. */
record StructPlaces(Schema schema, List<Field> fields) implements Places {
    /** Of vacant types, whose writers write nothing but empty containers and nulls. */
    private static final StructPlaces NO_FIELDS =
            new StructPlaces(SchemaBuilder.struct().optional().build());

    /** @param schema of a struct */
    StructPlaces(Schema schema) {
        this(schema, schema.fields());
    }

    @Override
    public int width() {
        return fields.size();
    }

    @Override
    public int of(StructType.Field field) {
        return index(field.name());
    }

    @Override
    public int besides(String field) {
        return index(FieldNames.sidecarOf(field));
    }

    @Override
    public int rest() {
        return index(FieldNames.REST);
    }

    private int index(String name) {
        Field field = schema.field(name);
        return field == null ? NONE : field.index();
    }

    @Override
    public Places within(String field) {
        Field target = schema.field(field);
        Schema inner = target == null ? null : target.schema();
        while (inner != null && inner.type() == Schema.Type.ARRAY) {
            inner = inner.valueSchema();
        }
        return inner != null && inner.type() == Schema.Type.STRUCT ? new StructPlaces(inner) : NO_FIELDS;
    }

    @Override
    public ValueWriter fitted(ValueWriter writer) {
        return writer;
    }

    @Override
    public Object whole(@Nullable Object[] values) {
        Struct struct = new Struct(schema);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                struct.put(fields.get(i), values[i]);
            }
        }
        return struct;
    }
}
