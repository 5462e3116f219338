package dev.cdcdelta.admin.doctor;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A healthy replica set, until a test says otherwise. */
final class FakeMongo implements MongoSide {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    Member member = new Member("rs0", false, "db1:27017", NOW);
    @Nullable OplogWindow oplog = new OplogWindow(NOW.minusSeconds(72 * 3600), NOW);
    final Map<String, Boolean> collections = new HashMap<>(Map.of("orders", true, "customers", true, "other", false));
    @Nullable Rights rights = new Rights(true, List.of(new Privilege("shop", "", Set.of("find", "changeStream"))));

    @Override
    public Member member() {
        return member;
    }

    @Override
    public Optional<OplogWindow> oplog() {
        return Optional.ofNullable(oplog);
    }

    @Override
    public Map<String, Boolean> collections(String database) {
        return Map.copyOf(collections);
    }

    @Override
    public Optional<Rights> rights() {
        return Optional.ofNullable(rights);
    }
}
