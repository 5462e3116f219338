package dev.cdcdelta.smt.ejson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** One pass over the tokens: an object becomes a value the moment its end shows that it was a wrapper. */
final class ExtendedJsonParser {
    /** MongoDB nests at most 200 levels. So many more are read on a thread's usual stack, by all who look into a document level by level. */
    static final int MAXIMUM_DEPTH = 1024;

    /** A document of 16 MiB is at most seven times as long in text: control characters and one-byte values are the worst. */
    private static final int MAXIMUM_LENGTH = 128 << 20;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // Documents used as maps have unbounded field names: they must neither fill the JVM's string table nor
            // count as an attack.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxStringLength(MAXIMUM_LENGTH)
                    .maxNameLength(MAXIMUM_LENGTH)
                    .maxDocumentLength(MAXIMUM_LENGTH)
                    .build())
            .build();

    private final JsonParser tokens;

    private ExtendedJsonParser(JsonParser tokens) {
        this.tokens = tokens;
    }

    static BsonValue parse(String text) {
        try (JsonParser tokens = FACTORY.createParser(text)) {
            return new ExtendedJsonParser(tokens).whole();
        } catch (IOException failure) {
            throw new DataException("The extended JSON text cannot be read: "
                    + failure.getClass().getSimpleName()
                    + ". Check the converter and any transform that runs before this one.");
        }
    }

    /** Jackson's own messages quote the text, so they are left out, as causes too. */
    private BsonValue whole() {
        try {
            BsonValue value = value(tokens.nextToken());
            if (tokens.nextToken() != null) {
                throw broken("more text after the end of the value");
            }
            return value;
        } catch (IOException failure) {
            throw broken("not JSON, or beyond the limits of " + MAXIMUM_DEPTH + " levels and " + MAXIMUM_LENGTH
                    + " characters");
        } catch (NumberFormatException failure) {
            throw broken("a number that no BSON type holds");
        }
    }

    private BsonValue value(@Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw broken("the text ends early");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new BsonString(paired(tokens.getText()));
            case VALUE_NUMBER_INT -> Numbers.integer(tokens);
            case VALUE_NUMBER_FLOAT -> Numbers.fraction(tokens);
            case VALUE_TRUE -> BsonBoolean.TRUE;
            case VALUE_FALSE -> BsonBoolean.FALSE;
            case VALUE_NULL -> BsonNull.VALUE;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw broken("a value is missing");
        };
    }

    private BsonArray array() throws IOException {
        BsonArray array = new BsonArray();
        for (JsonToken token = tokens.nextToken(); token != JsonToken.END_ARRAY; token = tokens.nextToken()) {
            array.add(value(token));
        }
        return array;
    }

    private BsonValue object() throws IOException {
        String first = tokens.nextFieldName();
        if (first == null) {
            return new BsonDocument();
        }
        BsonValue firstValue = value(tokens.nextToken());
        boolean wrapper = !first.isEmpty() && first.charAt(0) == '$';
        String name = tokens.nextFieldName();
        if (wrapper && name == null) {
            return Wrappers.ofOne(first, firstValue);
        }
        BsonDocument document = new BsonDocument(first, firstValue);
        for (; name != null; name = tokens.nextFieldName()) {
            if (document.put(name, value(tokens.nextToken())) != null) {
                throw broken("a field occurs twice");
            }
        }
        return wrapper ? Wrappers.ofTwo(document) : document;
    }

    private String paired(String text) {
        if (!Surrogates.arePaired(text)) {
            throw broken("half a surrogate pair, which is no character and which no column can hold");
        }
        return text;
    }

    private DataException broken(String problem) {
        JsonLocation location = tokens.currentLocation();
        return new DataException("Broken extended JSON at line " + location.getLineNr() + ", column "
                + location.getColumnNr() + ", path '"
                + tokens.getParsingContext().pathAsPointer() + "': " + problem
                + ". Check the converter and any transform that runs before this one.");
    }
}
