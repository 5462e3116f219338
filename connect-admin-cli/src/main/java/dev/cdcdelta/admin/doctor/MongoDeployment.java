package dev.cdcdelta.admin.doctor;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A replica set, a sharded cluster or a server of its own, asked through the driver with the context's own connection string. */
public final class MongoDeployment implements MongoSide, AutoCloseable {
    private static final int UNAUTHORIZED = 13;
    private static final int UNKNOWN_COMMAND = 59;
    private static final long PATIENCE_SECONDS = 10;

    private final MongoClient client;

    /** @throws CommandException if the URI is none; the message does not quote it, since it may hold a password */
    public MongoDeployment(String uri) {
        try {
            client = MongoClients.create(MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(uri))
                    .applyToClusterSettings(
                            cluster -> cluster.serverSelectionTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .applicationName("connect-admin-cli")
                    .build());
        } catch (IllegalArgumentException | MongoException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The MongoDB URI is none (" + e.getClass().getSimpleName() + ").",
                    "",
                    "Give one such as mongodb://host:27017/?replicaSet=rs0.");
        }
    }

    @Override
    public Member member() {
        BsonDocument hello = command("admin", "hello").orElseThrow(() -> unreachable("it refuses 'hello'", null));
        return new Member(
                text(hello, "setName"),
                "isdbgrid".equals(text(hello, "msg")),
                text(hello, "primary"),
                hello.isDateTime("localTime")
                        ? Instant.ofEpochMilli(hello.getDateTime("localTime").getValue())
                        : null);
    }

    private static @Nullable String text(BsonDocument document, String field) {
        return document.isString(field) ? document.getString(field).getValue() : null;
    }

    @Override
    public Optional<OplogWindow> oplog() {
        Optional<Instant> oldest = edge(1);
        Optional<Instant> newest = edge(-1);
        return oldest.isEmpty() || newest.isEmpty()
                ? Optional.empty()
                : Optional.of(new OplogWindow(oldest.get(), newest.get()));
    }

    private Optional<Instant> edge(int direction) {
        return asked(() -> client.getDatabase("local")
                        .getCollection("oplog.rs", BsonDocument.class)
                        .find()
                        .sort(new BsonDocument("$natural", new BsonInt32(direction)))
                        .limit(1)
                        .first())
                .filter(entry -> entry.isTimestamp("ts"))
                .map(entry -> Instant.ofEpochSecond(Integer.toUnsignedLong(entry.getTimestamp("ts").getTime())));
    }

    @Override
    public Map<String, Boolean> collections(String database) {
        List<BsonDocument> listed = asked(() -> client.getDatabase(database)
                        .listCollections(BsonDocument.class)
                        .into(new ArrayList<BsonDocument>()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.REFUSED,
                        "The collections of " + database + " cannot be listed.",
                        "The user lacks the right to.",
                        "Grant it the role 'read' on " + database + "."));
        Map<String, Boolean> collections = new HashMap<>();
        for (BsonDocument each : listed) {
            BsonDocument images = each.getDocument("options", new BsonDocument())
                    .getDocument("changeStreamPreAndPostImages", new BsonDocument());
            collections.put(
                    each.getString("name").getValue(),
                    images.isBoolean("enabled") && images.getBoolean("enabled").getValue());
        }
        return collections;
    }

    @Override
    public Optional<Rights> rights() {
        return asked(() -> client.getDatabase("admin")
                        .runCommand(
                                new BsonDocument("connectionStatus", new BsonInt32(1))
                                        .append("showPrivileges", org.bson.BsonBoolean.TRUE),
                                BsonDocument.class))
                .map(answer -> answer.getDocument("authInfo", new BsonDocument()))
                .map(info -> new Rights(
                        !info.getArray("authenticatedUsers", new BsonArray()).isEmpty(),
                        info.getArray("authenticatedUserPrivileges", new BsonArray()).stream()
                                .filter(BsonValue::isDocument)
                                .map(each -> privilege(each.asDocument()))
                                .toList()));
    }

    private static Privilege privilege(BsonDocument granted) {
        BsonDocument resource = granted.getDocument("resource", new BsonDocument());
        Set<String> actions = new HashSet<>();
        granted.getArray("actions", new BsonArray())
                .forEach(action -> actions.add(action.asString().getValue()));
        boolean ofDatabase = resource.containsKey("db") || resource.containsKey("anyResource");
        // A privilege on the cluster itself is none on a collection.
        return new Privilege(
                ofDatabase ? resource.getString("db", new BsonString("")).getValue() : "(cluster)",
                resource.getString("collection", new BsonString("")).getValue(),
                actions);
    }

    private Optional<BsonDocument> command(String database, String name) {
        return asked(() -> client.getDatabase(database)
                .runCommand(new BsonDocument(name, new BsonInt32(1)), BsonDocument.class));
    }

    /** Empty if the server knows no such thing, or does not tell this user. */
    private <T> Optional<T> asked(Supplier<@Nullable T> question) {
        try {
            return Optional.ofNullable(question.get());
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == UNAUTHORIZED || e.getErrorCode() == UNKNOWN_COMMAND) {
                return Optional.empty();
            }
            throw unreachable(e.getErrorMessage(), e);
        } catch (MongoException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    private static CommandException unreachable(String reason, @Nullable Exception cause) {
        return new CommandException(
                ExitCode.UNREACHABLE,
                "MongoDB does not answer.",
                reason,
                "Check mongodbUri (--mongodb-uri, MONGODB_URI or the context), and that it can be reached from this machine.",
                cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
