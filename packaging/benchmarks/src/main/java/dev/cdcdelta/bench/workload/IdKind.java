package dev.cdcdelta.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.OptionalInt;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** The type of a collection's {@code _id}s, and how numbers of documents are written in it. */
public enum IdKind {
    INT32 {
        @Override
        BsonValue id(int key) {
            return new BsonInt32(key);
        }

        @Override
        long number(JsonNode cell) {
            return cell.canConvertToLong() ? cell.longValue() : -1;
        }
    },
    INT64 {
        @Override
        BsonValue id(int key) {
            return new BsonInt64(BEYOND_INT + key);
        }

        @Override
        long number(JsonNode cell) {
            return cell.canConvertToLong() ? cell.longValue() - BEYOND_INT : -1;
        }
    },
    STRING {
        @Override
        BsonValue id(int key) {
            return new BsonString(STRING_START + key + STRING_END);
        }

        @Override
        long number(JsonNode cell) {
            String text = cell.asText();
            return text.startsWith(STRING_START) && text.endsWith(STRING_END)
                    ? Long.parseLong(text.substring(STRING_START.length(), text.length() - STRING_END.length()))
                    : -1;
        }
    },
    OBJECT_ID {
        @Override
        BsonValue id(int key) {
            return new BsonObjectId(new ObjectId(OBJECT_ID_START + String.format(Locale.ROOT, "%08x", key)));
        }

        @Override
        long number(JsonNode cell) {
            String text = cell.asText();
            return text.startsWith(OBJECT_ID_START)
                    ? Long.parseLong(text.substring(OBJECT_ID_START.length()), HEXADECIMAL)
                    : -1;
        }
    };

    private static final long BEYOND_INT = 1L << 40;
    private static final int HEXADECIMAL = 16;

    // With characters that need an escape in JSON.
    private static final String STRING_START = "key \"";
    private static final String STRING_END = "\" é";
    private static final String OBJECT_ID_START = "65f000000000000a";

    abstract BsonValue id(int key);

    abstract long number(JsonNode cell);

    /** The number of the document whose {@code _id} stands in the cell of a row; empty if it is none of {@link #id}'s. */
    public OptionalInt key(JsonNode cell) {
        long number = number(cell);
        return number >= 0 && number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }
}
