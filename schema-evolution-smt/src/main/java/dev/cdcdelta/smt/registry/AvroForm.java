package dev.cdcdelta.smt.registry;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Connect schemas that Avro converters accept as they are: every struct has a name, from its topic and the path to it, so that it does
 * not depend on the converter; every field's name is one that Avro allows, with the true one as a parameter of its schema.
 */
final class AvroForm {
    /** Parameter of a field's schema: the field's name in this project's schemas. */
    static final String FIELD = "dev.cdcdelta.field";

    private AvroForm() {}

    /**
     * The document schema in this form.
     *
     * @param document a struct schema
     * @param name the record's full name
     */
    static Schema of(Schema document, String name) {
        return struct(document, name).required().build();
    }

    private static SchemaBuilder struct(Schema schema, String name) {
        SchemaBuilder struct = SchemaBuilder.struct().name(name);
        for (Field field : schema.fields()) {
            String avroName = AvroNames.of(field.name());
            Schema value = value(field.schema(), name + "." + avroName);
            struct.field(avroName, avroName.equals(field.name()) ? value : named(value, field.name()));
        }
        return struct;
    }

    private static Schema value(Schema schema, String name) {
        return switch (schema.type()) {
            case STRUCT -> struct(schema, name).optional().build();
            case ARRAY ->
                SchemaBuilder.array(value(schema.valueSchema(), name))
                        .optional()
                        .build();
            case MAP, BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, BYTES -> schema;
        };
    }

    private static Schema named(Schema schema, String field) {
        SchemaBuilder named = switch (schema.type()) {
            case STRUCT -> copyOfStruct(schema);
            case ARRAY -> SchemaBuilder.array(schema.valueSchema());
            case MAP, BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, STRING, BYTES ->
                new SchemaBuilder(schema.type());
        };
        if (schema.name() != null) {
            named.name(schema.name());
        }
        if (schema.version() != null) {
            named.version(schema.version());
        }
        if (schema.parameters() != null) {
            named.parameters(schema.parameters());
        }
        return named.parameter(FIELD, field).optional().build();
    }

    private static SchemaBuilder copyOfStruct(Schema schema) {
        SchemaBuilder struct = SchemaBuilder.struct();
        schema.fields().forEach(field -> struct.field(field.name(), field.schema()));
        return struct;
    }

    /** The field's name in this project's schemas. */
    static String trueName(Field field) {
        return field.schema().parameters() == null
                ? field.name()
                : field.schema().parameters().getOrDefault(FIELD, field.name());
    }
}
