package dev.cdcdelta.sink.mapping;

import com.dynatrace.hash4j.hashing.HashSink;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The canonical bytes of values, little endian. Each value is a tag and its content:
 *
 * <pre>
 * 'o' fields 'e'            document: per field with content, in the order of names (UTF-16 units): text of the name, value
 * 'a' count:int32 values    array; 'z' for an element without content
 * 'b' 0|1   't' micros:int64   'x' length:int32 bytes   's' text   numbers: see {@link CanonicalNumber}
 * text = length:int32 of the UTF-8 bytes, then those
 * </pre>
 *
 * Null, a document without content and an array without elements are no content.
 */
final class CanonicalForm {
    private CanonicalForm() {}

    static StructForm of(ColumnType.Struct table) {
        return StructForm.of(table, true);
    }

    /** Knows how to write values of one type. */
    sealed interface Form {
        boolean hasContent(Object value);

        void write(Object value, HashSink sink);
    }

    private static Form form(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return StructForm.of(struct, false);
        }
        if (type instanceof ColumnType.Array array) {
            return new ArrayForm(form(array.element()));
        }
        return new LeafForm(((ColumnType.Leaf) type).type() == ScalarType.DATE);
    }

    record Part(byte[] name, int index, Form form) {}

    /** Documents: the fields in the order of their names. */
    record StructForm(List<Part> parts) implements Form {
        private static StructForm of(ColumnType.Struct struct, boolean topLevel) {
            List<Column> columns = new ArrayList<>(struct.columns());
            if (topLevel) {
                columns.removeIf(column -> ColumnName.isReserved(column.name()));
            }
            columns.sort(Comparator.comparing(Column::field));
            List<Part> parts = new ArrayList<>();
            for (Column column : columns) {
                byte[] name = column.field().getBytes(StandardCharsets.UTF_8);
                parts.add(new Part(name, struct.columns().indexOf(column), form(column.type())));
            }
            return new StructForm(parts);
        }

        @Override
        public boolean hasContent(Object value) {
            Object[] row = (Object[]) value;
            for (Part part : parts) {
                if (row[part.index] != null && part.form.hasContent(row[part.index])) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void write(Object value, HashSink sink) {
            Object[] row = (Object[]) value;
            sink.putByte((byte) 'o');
            for (Part part : parts) {
                Object content = row[part.index];
                if (content != null && part.form.hasContent(content)) {
                    sink.putInt(part.name.length);
                    sink.putBytes(part.name);
                    part.form.write(content, sink);
                }
            }
            sink.putByte((byte) 'e');
        }
    }

    private record ArrayForm(Form element) implements Form {
        @Override
        public boolean hasContent(Object value) {
            return !((List<?>) value).isEmpty();
        }

        @Override
        public void write(Object value, HashSink sink) {
            List<?> values = (List<?>) value;
            sink.putByte((byte) 'a');
            sink.putInt(values.size());
            for (Object each : values) {
                if (each == null || !element.hasContent(each)) {
                    sink.putByte((byte) 'z');
                } else {
                    element.write(each, sink);
                }
            }
        }
    }

    private record LeafForm(boolean date) implements Form {
        @Override
        public boolean hasContent(Object value) {
            return true;
        }

        @Override
        public void write(Object value, HashSink sink) {
            if (date) {
                sink.putByte((byte) 't');
                sink.putLong((Long) value);
            } else if (value instanceof Number number) {
                CanonicalNumber.write(number, sink);
            } else if (value instanceof Boolean flag) {
                sink.putByte((byte) 'b');
                sink.putByte((byte) (flag ? 1 : 0));
            } else if (value instanceof byte[] bytes) {
                writeBytes('x', bytes, sink);
            } else {
                writeBytes('s', ((String) value).getBytes(StandardCharsets.UTF_8), sink);
            }
        }

        private static void writeBytes(char tag, byte[] bytes, HashSink sink) {
            sink.putByte((byte) tag);
            sink.putInt(bytes.length);
            sink.putBytes(bytes);
        }
    }
}
