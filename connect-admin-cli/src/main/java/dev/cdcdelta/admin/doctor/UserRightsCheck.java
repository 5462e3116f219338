package dev.cdcdelta.admin.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Debezium does to a database: it reads collections and opens a change stream. */
public final class UserRightsCheck implements Check {
    private static final Set<String> NEEDED = Set.of("find", "changeStream");

    private final MongoSide mongo;
    private final Map<String, String> source;

    /** @param source the source connector's configuration */
    public UserRightsCheck(MongoSide mongo, Map<String, String> source) {
        this.mongo = mongo;
        this.source = Map.copyOf(source);
    }

    @Override
    public String name() {
        return "user rights";
    }

    @Override
    public List<Diagnosis> run() {
        Optional<MongoSide.Rights> told = mongo.rights();
        if (told.isEmpty()) {
            return List.of(Diagnosis.skipped(name(), "The server does not tell what its user may do.", ""));
        }
        MongoSide.Rights rights = told.get();
        if (!rights.authenticated()) {
            return List.of(Diagnosis.warning(
                    name(),
                    "The server asks nobody for a user.",
                    "Whoever reaches it may read and change everything, or this program's URI names no user.",
                    "Switch authorization on, and name a user with the role 'read' in mongodbUri."));
        }
        Set<String> missing = new TreeSet<>();
        for (String database : CollectionList.databases(source)) {
            for (String action : NEEDED) {
                if (rights.privileges().stream().noneMatch(each -> each.covers(database, "", action))) {
                    missing.add(action + " on " + database);
                }
            }
        }
        return List.of(
                missing.isEmpty()
                        ? Diagnosis.ok(name(), "The user of this program's URI may read and open change streams.")
                        : Diagnosis.failed(
                                name(),
                                "The user of this program's URI lacks: " + String.join(", ", missing) + ".",
                                "A source connector with this user fails at its start, or at its first change stream.",
                                "Grant it the role 'read' on the database: db.grantRolesToUser(USER, [{role: 'read', db: DATABASE}])."));
    }
}
