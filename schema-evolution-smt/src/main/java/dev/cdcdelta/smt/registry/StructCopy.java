package dev.cdcdelta.smt.registry;

import dev.cdcdelta.smt.connect.ConnectBson;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.FieldNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Copies Structs from one schema to another whose fields have the same true names. A value that the other field does not hold exactly
 * goes into its sidecar.
 */
final class StructCopy {
    /** Stands for a value that its field does not hold. */
    private static final Object MISFIT = new Object();

    private final Schema target;
    private final List<Step> steps;

    /** From one field to another; {@code copy} is null for values without structs in them. */
    private record Step(
            Field from,
            Field to,
            @Nullable Field sidecar,
            @Nullable StructCopy copy) {}

    StructCopy(Schema source, Schema target) {
        this.target = target;
        this.steps = new ArrayList<>(source.fields().size());
        Map<String, Field> targets = new HashMap<>();
        target.fields().forEach(field -> targets.put(AvroForm.trueName(field), field));
        for (Field from : source.fields()) {
            String name = AvroForm.trueName(from);
            Field to = targets.get(name);
            if (to == null) {
                throw new IllegalArgumentException("The schema to copy to has no field '" + name + "'");
            }
            steps.add(new Step(from, to, targets.get(FieldNames.sidecarOf(name)), within(from.schema(), to.schema())));
        }
    }

    private static @Nullable StructCopy within(Schema source, Schema target) {
        if (source.type() == Schema.Type.ARRAY && target.type() == Schema.Type.ARRAY) {
            return within(source.valueSchema(), target.valueSchema());
        }
        return source.type() == Schema.Type.STRUCT && target.type() == Schema.Type.STRUCT
                ? new StructCopy(source, target)
                : null;
    }

    /** A Struct of the target's schema. */
    Struct of(Struct source) {
        Struct copy = new Struct(target);
        for (Step step : steps) {
            Object value = source.get(step.from);
            if (value == null) {
                continue;
            }
            Object converted = converted(step.from.schema(), step.to.schema(), value, step.copy);
            if (converted != MISFIT) {
                copy.put(step.to, converted);
            } else if (step.sidecar != null) {
                copy.put(step.sidecar, ExtendedJson.text(ConnectBson.of(step.from.schema(), value)));
            } else {
                throw new IllegalStateException("The field '" + step.to.name() + "' holds no "
                        + step.from.schema().type() + " and has no sidecar");
            }
        }
        return copy;
    }

    private static Object converted(Schema from, Schema to, Object value, @Nullable StructCopy copy) {
        if (value instanceof Struct struct) {
            return copy == null ? MISFIT : copy.of(struct);
        }
        if (value instanceof List<?> list) {
            if (to.type() != Schema.Type.ARRAY) {
                return MISFIT;
            }
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            for (Object element : list) {
                Object converted =
                        element == null ? null : converted(from.valueSchema(), to.valueSchema(), element, copy);
                if (converted == MISFIT) {
                    return MISFIT;
                }
                elements.add(converted);
            }
            return elements;
        }
        Object exact = ExactValue.of(from, to, value);
        return exact == null ? MISFIT : exact;
    }
}
