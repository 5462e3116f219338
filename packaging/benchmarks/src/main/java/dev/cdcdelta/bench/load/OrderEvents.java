package dev.cdcdelta.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Keys and values of orders, by default in envelopes as Debezium's MongoDB connector 3.6 writes them through Connect's JSON converter without
 * schemas.
 */
public final class OrderEvents {
    private static final String PREFIX = "bench";
    private static final Pattern OBJECT_ID = Pattern.compile("\\{\"\\$oid\": (\"[^\"]*\")}");
    private static final Pattern WRAPPED = Pattern.compile("\\{\"\\$(?:numberLong|date)\": \"?([^\"}]*)\"?}");
    private static final long FIRST_SECOND = 1_700_000_000L;
    private static final int ORDINALS = 1_000;

    private final OrderText documents;
    private final String database;
    private final String collection;
    private final Form form;
    private final StringBuilder text = new StringBuilder(8_192);

    /** What a value is. */
    public enum Form {
        /** Debezium's, the document as extended JSON in it. */
        ENVELOPE,
        /** The document alone, as JSON that says nothing of types; for changes that have one. */
        DOCUMENT
    }

    /** Envelopes. Not for use by several threads. */
    public OrderEvents(long seed, DocumentSize size, String database, String collection) {
        this(new OrderText(seed, size), database, collection, Form.ENVELOPE);
    }

    private OrderEvents(OrderText documents, String database, String collection, Form form) {
        this.documents = documents;
        this.database = database;
        this.collection = collection;
        this.form = form;
    }

    public OrderEvents in(Form other) {
        return new OrderEvents(documents, database, collection, other);
    }

    /** The topic that Debezium would write to. */
    public String topic() {
        return PREFIX + "." + database + "." + collection;
    }

    public byte[] key(int key) {
        text.setLength(0);
        text.append("{\"id\":\"{\\\"$oid\\\": \\\"");
        OrderText.appendId(text, key);
        return bytes(text.append("\\\"}\"}"));
    }

    public byte[] value(ChangePlan.Change change) {
        return form == Form.ENVELOPE ? envelope(change) : document(change);
    }

    private byte[] document(ChangePlan.Change change) {
        text.setLength(0);
        documents.append(text, change.key(), change.sequence());
        String extended = text.toString().replace("\\\"", "\"");
        String plain =
                WRAPPED.matcher(OBJECT_ID.matcher(extended).replaceAll("$1")).replaceAll("$1");
        return plain.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] envelope(ChangePlan.Change change) {
        text.setLength(0);
        text.append("{\"before\":null,\"after\":");
        if (change.kind() == ChangePlan.Kind.DELETE) {
            text.append("null");
        } else {
            documents.append(text.append('"'), change.key(), change.sequence());
            text.append('"');
        }
        text.append(",\"updateDescription\":");
        if (change.kind() == ChangePlan.Kind.UPDATE) {
            text.append("{\"removedFields\":null,\"updatedFields\":\"{\\\"sequence\\\": ")
                    .append(change.sequence())
                    .append("}\",\"truncatedArrays\":null}");
        } else {
            text.append("null");
        }
        long millis = (FIRST_SECOND + change.sequence() / ORDINALS) * 1_000;
        text.append(",\"source\":{\"version\":\"3.6.1.Final\",\"connector\":\"mongodb\",\"name\":\"bench\"");
        times(text, millis);
        text.append(",\"snapshot\":\"false\",\"db\":\"")
                .append(database)
                .append("\",\"sequence\":null,\"collection\":\"")
                .append(collection)
                .append("\",\"ord\":")
                .append(change.sequence() % ORDINALS + 1)
                .append(",\"lsid\":null,\"txnNumber\":null,\"wallTime\":")
                .append(millis)
                .append("},\"op\":\"")
                .append(change.kind().letter())
                .append('"');
        times(text, millis);
        return bytes(text.append(",\"transaction\":null}"));
    }

    private static void times(StringBuilder text, long millis) {
        text.append(",\"ts_ms\":").append(millis);
        text.append(",\"ts_us\":").append(millis).append("000");
        text.append(",\"ts_ns\":").append(millis).append("000000");
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
