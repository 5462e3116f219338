package dev.cdcdelta.reconcile.source;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.Document;

/** The source's database, read with majority read concern from the members that the settings name. */
public final class SourceDatabase implements AutoCloseable {
    private final MongoClient client;
    private final MongoDatabase database;
    private final ReconcileSettings.Source settings;
    private final boolean hasSessions;

    /** @throws ConnectException if MongoDB does not answer */
    public SourceDatabase(ReconcileSettings.Source settings) {
        this.settings = settings;
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(settings.uri()))
                .readPreference(settings.preference())
                .readConcern(ReadConcern.MAJORITY)
                .applicationName("mongodb-cdc-delta reconciliation")
                .build());
        database = client.getDatabase(settings.database());
        try {
            hasSessions = command("hello").containsKey("logicalSessionTimeoutMinutes");
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** The collections that the settings ask for, in the order of their names. */
    public List<String> collections() {
        return reading("its collections", () -> {
            List<String> names = new ArrayList<>();
            for (Document found : database.listCollections()) {
                String name = found.getString("name");
                String type = found.getString("type");
                if ((type == null || type.equals("collection"))
                        && !name.startsWith("system.")
                        && settings.collections().matcher(name).matches()) {
                    names.add(name);
                }
            }
            names.sort(null);
            return names;
        });
    }

    /** The identities of all collections by name, as hexadecimal digits; empty ones where the server tells none. */
    public Map<String, String> identities() {
        return reading("its collections", () -> {
            Map<String, String> identities = new HashMap<>();
            for (BsonDocument found : database.listCollections(BsonDocument.class)) {
                BsonDocument info = found.getDocument("info", new BsonDocument());
                identities.put(
                        found.getString("name").getValue(),
                        info.isBinary("uuid")
                                ? HexFormat.of()
                                        .formatHex(info.getBinary("uuid").getData())
                                : "");
            }
            return identities;
        });
    }

    /** The primary's newest operation time. What it covers is in the change stream once a majority has it, and not before. */
    public BsonTimestamp operationTime() {
        BsonDocument reply = command("ping");
        if (!reply.isTimestamp("operationTime")) {
            throw new ConnectException(
                    "MongoDB tells no operation time, as a standalone server does not: there is no change stream to hold it against."
                            + " Point 'mongodb.uri' to the replica set or the cluster that the source connector reads");
        }
        return reply.getTimestamp("operationTime");
    }

    private BsonDocument command(String name) {
        return reading(
                "the server's state",
                () -> client.getDatabase("admin")
                        .runCommand(
                                new BsonDocument(name, new BsonInt32(1)),
                                ReadPreference.primary(),
                                BsonDocument.class));
    }

    public SourceCollection collection(String name) {
        return new SourceCollection(client, database, name, hasSessions);
    }

    /** Something that reads. */
    interface Reading<T> {
        T read();
    }

    /** @throws ConnectException instead of the driver's exceptions */
    static <T> T reading(String what, Reading<T> reading) {
        try {
            return reading.read();
        } catch (MongoException e) {
            throw new ConnectException(
                    "MongoDB did not let " + what + " be read: " + e.getMessage()
                            + ". Check 'mongodb.uri', that the servers run and that the user may read the collections",
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
