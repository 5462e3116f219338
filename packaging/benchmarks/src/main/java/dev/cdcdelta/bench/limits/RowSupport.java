package dev.cdcdelta.bench.limits;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Takes rows of {@link OrderRows} into Parquet's columns and does nothing else. */
final class RowSupport extends WriteSupport<@Nullable Object[]> {
    private @Nullable RecordConsumer consumer;

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(OrderRows.SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
        RecordConsumer to = consumer;
        if (to == null) {
            throw new IllegalStateException("The writer is not prepared.");
        }
        to.startMessage();
        fields(to, OrderRows.SCHEMA, row);
        to.endMessage();
    }

    private static void fields(RecordConsumer to, GroupType type, @Nullable Object[] row) {
        for (int index = 0; index < row.length; index++) {
            Object value = row[index];
            if (value != null) {
                Type field = type.getType(index);
                to.startField(field.getName(), index);
                value(to, field, value);
                to.endField(field.getName(), index);
            }
        }
    }

    private static void value(RecordConsumer to, Type type, Object value) {
        if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            list(to, type.asGroupType(), (Object[]) value);
        } else if (!type.isPrimitive()) {
            to.startGroup();
            fields(to, type.asGroupType(), (Object[]) value);
            to.endGroup();
        } else if (value instanceof Binary binary) {
            to.addBinary(binary);
        } else if (value instanceof Long number) {
            to.addLong(number);
        } else if (value instanceof Integer number) {
            to.addInteger(number);
        } else if (value instanceof Double number) {
            to.addDouble(number);
        } else {
            to.addBoolean((Boolean) value);
        }
    }

    private static void list(RecordConsumer to, GroupType type, Object[] elements) {
        GroupType list = type.getType(0).asGroupType();
        Type element = list.getType(0);
        to.startGroup();
        if (elements.length > 0) {
            to.startField(list.getName(), 0);
            for (Object each : elements) {
                to.startGroup();
                to.startField(element.getName(), 0);
                value(to, element, each);
                to.endField(element.getName(), 0);
                to.endGroup();
            }
            to.endField(list.getName(), 0);
        }
        to.endGroup();
    }
}
