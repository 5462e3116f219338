package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.index.store.HashStore;
import dev.cdcdelta.sink.index.store.StoreIdentity;
import dev.cdcdelta.sink.table.DeltaTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens shards in a state directory: with what a former owner left there, where that can be trusted. */
record ShardOpener(IndexPolicy policy, String connector, Tombstones tombstones, Disk disk) {
    private static final Logger LOG = LoggerFactory.getLogger(ShardOpener.class);
    private static final Random RANDOM = new Random();

    Path directory() {
        return policy.directory();
    }

    Shard open(DeltaTable table, IndexedFiles covered) throws IOException {
        Path folder = directory()
                .resolve(IndexedFiles.name(connector))
                .resolve(IndexedFiles.name(table.snapshot().tableId()))
                .resolve(covered.folder());
        ShardRoom room = covered instanceof IndexedFiles.OfPartition
                ? ShardRoom.only(directory(), folder)
                : ShardRoom.anyOf(directory(), folder);
        try {
            Optional<Shard> kept = reopen(table, covered, room);
            return kept.isPresent() ? kept.get() : create(table, covered, room);
        } catch (IOException | RuntimeException e) {
            room.close();
            throw e;
        }
    }

    private Optional<Shard> reopen(DeltaTable table, IndexedFiles covered, ShardRoom room) throws IOException {
        if (!HashStore.isIn(room.folder())) {
            return Optional.empty();
        }
        HashStore store = null;
        try {
            store = HashStore.open(room.folder(), identity(table, covered), disk);
            Shard shard = new Shard(covered, room, store, tombstones);
            shard.checkRowCounts(table.snapshot());
            shard.loadVectors(table);
            return Optional.of(shard);
        } catch (DamagedStoreException e) {
            if (store != null) {
                store.close();
            }
            tell(table, room, e);
            return Optional.empty();
        }
    }

    void tell(DeltaTable table, ShardRoom room, DamagedStoreException damage) {
        LOG.warn(
                "Table {}: the key index in {} cannot be trusted and is built anew from the table: {}",
                table.location(),
                room.folder(),
                damage.getMessage());
    }

    Random random() {
        return RANDOM;
    }

    private Shard create(DeltaTable table, IndexedFiles covered, ShardRoom room) throws IOException {
        return new Shard(covered, room, HashStore.create(room.folder(), identity(table, covered), disk), tombstones);
    }

    /** An empty shard in the place of one that is damaged. */
    Shard anew(DeltaTable table, Shard damaged) throws IOException {
        damaged.store().abandon();
        return create(table, damaged.covered(), damaged.room());
    }

    private StoreIdentity identity(DeltaTable table, IndexedFiles covered) {
        return new StoreIdentity(table.snapshot().tableId(), connector, covered.folder());
    }
}
