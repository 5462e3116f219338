package dev.cdcdelta.sink.mapping;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnName;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.DecimalType;
import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of values, little endian: those of the document, wherever its values stand. A value beside its column, in a
 * sidecar, has the bytes that it would have in the column, and a column of extended JSON those of what the text says. Each value is a
 * tag and its content:
 *
 * <pre>
 * 'o' fields 'e'            document: per field with content, in the order of names (UTF-16 units): text of the name, value
 * 'a' count:int32 values    array; 'z' for an element without content
 * 'b' 0|1   't' micros:int64   'x' length:int32 bytes   's' text   numbers: see {@link CanonicalNumber}
 * 'j' text                  what has no column type of its own (regular expressions and the like): canonical extended JSON
 * text = length:int32 of the UTF-8 bytes, then those
 * </pre>
 *
 * ObjectIds, UUIDs and Decimal128s are their texts, because columns of text take all of them; a Decimal128 beside a column of decimals is
 * a number, as it would be there. Null, a document without content and an array of nothing but such are no content: as long as no other
 * document has told more, there is no column for them.
 */
final class CanonicalForm {
    private CanonicalForm() {}

    static StructForm of(ColumnType.Struct table) {
        return StructForm.of(table, true);
    }

    /** Knows how to write values of one type. */
    sealed interface Form {
        boolean hasContent(Object value);

        void write(Object value, CanonicalBytes sink);
    }

    private static Form form(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return StructForm.of(struct, false);
        }
        if (type instanceof ColumnType.Array array) {
            return new ArrayForm(form(array.element()));
        }
        FieldType leaf = ((ColumnType.Leaf) type).type();
        return leaf == ScalarType.JSON ? new JsonForm(false) : new LeafForm(leaf == ScalarType.DATE);
    }

    /** A field of a document; the value is in the column, or in the sidecar. Either may be missing: -1. */
    // Private to the forms, which never change the array.
    @SuppressWarnings("ArrayRecordComponent")
    record Part(byte[] name, int column, Form form, int sidecar, Form beside) {
        /** Where the value with content stands; -1 if nowhere. */
        int place(@Nullable Object[] row) {
            if (column >= 0 && row[column] != null && form.hasContent(row[column])) {
                return column;
            }
            return sidecar >= 0 && row[sidecar] != null && beside.hasContent(row[sidecar]) ? sidecar : -1;
        }

        void write(int place, Object value, CanonicalBytes sink) {
            sink.putInt(name.length);
            sink.putBytes(name);
            (place == column ? form : beside).write(value, sink);
        }
    }

    /** Documents: the fields in the order of their names. */
    record StructForm(List<Part> parts) implements Form {
        private static StructForm of(ColumnType.Struct struct, boolean topLevel) {
            Map<String, Integer> columns = new TreeMap<>();
            Map<String, Integer> sidecars = new HashMap<>();
            for (int i = 0; i < struct.columns().size(); i++) {
                Column column = struct.columns().get(i);
                if (topLevel && ColumnName.isReserved(column.name())) {
                    continue;
                }
                String field = column.field();
                if (FieldNames.isSidecar(field)) {
                    String name = FieldNames.toDocument(FieldNames.ofSidecar(field));
                    sidecars.put(name, i);
                    columns.putIfAbsent(name, -1);
                } else {
                    columns.put(FieldNames.toDocument(field), i);
                }
            }
            List<Part> parts = new ArrayList<>();
            columns.forEach((name, index) -> parts.add(part(struct, name, index, sidecars.getOrDefault(name, -1))));
            return new StructForm(parts);
        }

        private static Part part(ColumnType.Struct struct, String name, int index, int sidecar) {
            ColumnType type = index < 0 ? null : struct.columns().get(index).type();
            boolean decimals = type instanceof ColumnType.Leaf leaf && leaf.type() instanceof DecimalType;
            Form beside = new JsonForm(decimals);
            Form form = type == null ? beside : form(type);
            return new Part(name.getBytes(StandardCharsets.UTF_8), index, form, sidecar, beside);
        }

        @Override
        public boolean hasContent(Object value) {
            @Nullable Object[] row = (Object[]) value;
            for (Part part : parts) {
                if (part.place(row) >= 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void write(Object value, CanonicalBytes sink) {
            @Nullable Object[] row = (Object[]) value;
            sink.putByte((byte) 'o');
            for (Part part : parts) {
                int place = part.place(row);
                Object content = place < 0 ? null : row[place];
                if (content != null) {
                    part.write(place, content, sink);
                }
            }
            sink.putByte((byte) 'e');
        }
    }

    private record ArrayForm(Form element) implements Form {
        @Override
        public boolean hasContent(Object value) {
            for (Object each : (List<?>) value) {
                if (each != null && element.hasContent(each)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void write(Object value, CanonicalBytes sink) {
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

    /** Extended JSON text: what it says counts. What is no extended JSON is text; only other writers leave such in these columns. */
    private record JsonForm(boolean decimalsAreNumbers) implements Form {
        @Override
        public boolean hasContent(Object value) {
            return parsed((String) value).map(CanonicalValue::hasContent).orElse(true);
        }

        @Override
        public void write(Object value, CanonicalBytes sink) {
            Optional<BsonValue> parsed = parsed((String) value);
            if (parsed.isPresent()) {
                CanonicalValue.write(parsed.get(), decimalsAreNumbers, sink);
            } else {
                LeafForm.writeText('s', (String) value, sink);
            }
        }

        private static Optional<BsonValue> parsed(String text) {
            try {
                return Optional.of(ExtendedJson.parse(text));
            } catch (DataException noExtendedJson) {
                return Optional.empty();
            }
        }
    }

    record LeafForm(boolean date) implements Form {
        @Override
        public boolean hasContent(Object value) {
            return true;
        }

        @Override
        public void write(Object value, CanonicalBytes sink) {
            if (date) {
                writeMicros((Long) value, sink);
            } else if (value instanceof Number number) {
                CanonicalNumber.write(number, sink);
            } else if (value instanceof Boolean flag) {
                writeBoolean(flag, sink);
            } else if (value instanceof byte[] bytes) {
                writeBytes('x', bytes, sink);
            } else {
                writeText('s', (String) value, sink);
            }
        }

        static void writeMicros(long micros, CanonicalBytes sink) {
            sink.putByte((byte) 't');
            sink.putLong(micros);
        }

        static void writeBoolean(boolean flag, CanonicalBytes sink) {
            sink.putByte((byte) 'b');
            sink.putByte((byte) (flag ? 1 : 0));
        }

        static void writeText(char tag, String text, CanonicalBytes sink) {
            writeBytes(tag, text.getBytes(StandardCharsets.UTF_8), sink);
        }

        static void writeBytes(char tag, byte[] bytes, CanonicalBytes sink) {
            sink.putByte((byte) tag);
            sink.putInt(bytes.length);
            sink.putBytes(bytes);
        }
    }
}
