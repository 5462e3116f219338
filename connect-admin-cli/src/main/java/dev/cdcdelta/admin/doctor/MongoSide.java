package dev.cdcdelta.admin.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What MongoDB says of itself. Empty where this server, or this user's rights, do not let it be told. */
public interface MongoSide {
    /**
     * Who answers.
     *
     * @param replicaSet its name; null for a server of its own
     * @param sharded whether a router answers
     * @param primary its address; null while there is none
     * @param time of the server's clock; null if it does not tell
     */
    record Member(
            @Nullable String replicaSet,
            boolean sharded,
            @Nullable String primary,
            @Nullable Instant time) {}

    Member member();

    /** The changes that the server still has. */
    record OplogWindow(Instant oldest, Instant newest) {}

    Optional<OplogWindow> oplog();

    /** Collections of a database by name, with whether they keep images from before a change. */
    Map<String, Boolean> collections(String database);

    /**
     * What the user may do.
     *
     * @param database empty for any
     * @param collection empty for any
     */
    record Privilege(String database, String collection, Set<String> actions) {
        boolean covers(String wantedDatabase, String wantedCollection, String action) {
            return (database.isEmpty() || database.equals(wantedDatabase))
                    && (collection.isEmpty() || collection.equals(wantedCollection))
                    && actions.contains(action);
        }
    }

    /** Empty list: the server asks nobody who he is. */
    record Rights(boolean authenticated, List<Privilege> privileges) {}

    Optional<Rights> rights();
}
