package dev.cdcdelta.sink.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.index.Deletion;
import dev.cdcdelta.sink.index.IndexOwner;
import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.index.IndexScope;
import dev.cdcdelta.sink.index.IndexUpdate;
import dev.cdcdelta.sink.index.IndexedFiles;
import dev.cdcdelta.sink.index.KeyIndex;
import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.index.MovedRow;
import dev.cdcdelta.sink.index.RowLocation;
import dev.cdcdelta.sink.index.store.Disk;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.CloseableIterator;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.FilePlace;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StoredRow;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableDefinition;
import dev.cdcdelta.sink.table.TableSnapshot;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.FieldType;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A table that is upserted as the sink does it, by a key index, with the model of what it should hold. */
final class UpsertRig implements AutoCloseable {
    static final ColumnType.Struct COLUMNS = new ColumnType.Struct(List.of(
            column("_id", ScalarType.INT64),
            column("text", ScalarType.STRING),
            column("_cdc_ts", ScalarType.DATE),
            column("_cdc_ord", ScalarType.INT32)));
    static final long KEYS = 1000;

    final DeltaTables tables = new DeltaTables(Map.of());
    final String location;
    final DeltaTable table;
    final Map<Long, String> model = new TreeMap<>();
    final InstallPace pace = new InstallPace(Duration.ofMinutes(10));
    private final List<KeyIndexes> opened = new ArrayList<>();
    private final KeyIndexes indexes = indexes();
    private final IndexOwner owner;
    KeyIndex index;
    long flushes;

    UpsertRig(String location) {
        this(location, TableDefinition.of(COLUMNS, Map.of()));
    }

    UpsertRig(String location, TableDefinition definition) {
        this.location = location;
        this.table = tables.create(location, definition);
        this.owner = indexes.owner(location);
        this.index = indexes.open(owner, table, Set.of(Files.P0), Set.of());
    }

    private static Column column(String name, FieldType type) {
        return new Column(name, name, new ColumnType.Leaf(type));
    }

    /** One commit of upserts, to these values, and deletes, where the value is null. */
    UpsertRig flush(Map<Long, @Nullable String> changes) {
        table.refresh();
        indexes.catchUp(owner);
        Map<String, Roaring64Bitmap> dead = new HashMap<>();
        Map<DocumentKey, RowLocation> live = new HashMap<>();
        Map<DocumentKey, Deletion> deleted = new HashMap<>();
        List<Long> upserts = new ArrayList<>();
        flushes++;
        changes.forEach((id, text) -> {
            index.find(key(id))
                    .ifPresent(old -> dead.computeIfAbsent(old.file(), path -> new Roaring64Bitmap())
                            .addLong(old.position()));
            if (text == null) {
                deleted.put(key(id), new Deletion(new SourceVersion(flushes, 1), Files.P0));
                model.remove(id);
            } else {
                upserts.add(id);
                model.put(id, text);
            }
        });
        List<DataFile> added = upserts.isEmpty() ? List.of() : List.of(write(upserts, changes, live));
        try {
            TableSnapshot committed = table.commit(
                    new TableCommit(table.snapshot().columns(), added, dead, Map.of("rig|" + Files.P0, flushes)));
            index.apply(new IndexUpdate(live, deleted), committed);
        } catch (LostRaceException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private DataFile write(
            List<Long> upserts, Map<Long, @Nullable String> changes, Map<DocumentKey, RowLocation> live) {
        Map<String, Optional<String>> partition = new HashMap<>();
        table.snapshot().partitionColumns().forEach(name -> partition.put(name, Optional.of("2024-01-01 00:00:00")));
        long micros = partition.isEmpty() ? flushes * 1000 : 1_704_067_200_000_000L;
        try (DataFileWriter writer = table.writer(COLUMNS, new FilePlace(IndexedFiles.tags(Files.P0), partition))) {
            for (Long id : upserts) {
                writer.write(new @Nullable Object[] {id, changes.get(id), micros, 1});
            }
            DataFile file = writer.finish();
            for (int i = 0; i < upserts.size(); i++) {
                live.put(
                        key(upserts.get(i)),
                        new RowLocation(file.path(), i, new SourceVersion(Math.floorDiv(micros, 1000L), 1)));
            }
            return file;
        }
    }

    UpsertRig upsert(String text, long... ids) {
        Map<Long, @Nullable String> changes = new TreeMap<>();
        for (long id : ids) {
            changes.put(id, text + " " + id);
        }
        return flush(changes);
    }

    UpsertRig delete(long... ids) {
        Map<Long, @Nullable String> changes = new TreeMap<>();
        for (long id : ids) {
            changes.put(id, null);
        }
        return flush(changes);
    }

    /** Another writer's DELETE, which knows of no index. */
    void deleteFromOutside(long id) {
        DeltaTable other = tables.open(location).orElseThrow();
        RowLocation row = open(indexes(), other).find(key(id)).orElseThrow();
        try {
            other.commit(new TableCommit(
                    other.snapshot().columns(),
                    List.of(),
                    Map.of(row.file(), Roaring64Bitmap.bitmapOf(row.position())),
                    Map.of()));
        } catch (LostRaceException e) {
            throw new AssertionError(e);
        }
        model.remove(id);
    }

    /** Reads and writes all live files of the task, as they are now. */
    CompactedFiles compact() {
        return compact(Long.MAX_VALUE, List.copyOf(table.snapshot().files().values()));
    }

    CompactedFiles compact(long targetBytes, List<DataFile> files) {
        DeltaTable own = tables.open(location).orElseThrow();
        return new CompactionJob(own, targetBytes, () -> false)
                .run(new CompactionGroup(files))
                .orElseThrow();
    }

    InstallResult install(CompactedFiles compacted) {
        return install(compacted, DeltaTable::commit);
    }

    InstallResult install(CompactedFiles compacted, CompactionInstaller.Commits commits) {
        return install(compacted, commits, following());
    }

    InstallResult install(CompactedFiles compacted, CompactionInstaller.Commits commits, FollowingIndex following) {
        return new CompactionInstaller(commits, pace).install(table, following, compacted);
    }

    FollowingIndex following() {
        return new FollowingIndex() {
            @Override
            public Set<TopicPartition> owned() {
                return Set.of(Files.P0);
            }

            @Override
            public void catchUp(DeltaTable current) {
                indexes.catchUp(owner);
            }

            @Override
            public void moved(Iterator<MovedRow> rows, TableSnapshot committed) {
                index.moved(rows, committed);
            }
        };
    }

    private KeyIndexes indexes() {
        try {
            Path state = java.nio.file.Files.createTempDirectory("index");
            KeyIndexes own = new KeyIndexes(
                    new IndexPolicy(state, IndexScope.AUTO, Duration.ofDays(1)), "sink", Clock.systemUTC(), Disk.REAL);
            opened.add(own);
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the index again from what it has on disk. */
    void restart() {
        table.refresh();
        index = indexes.open(owner, table, Set.of(Files.P0), Set.of());
    }

    KeyIndex freshIndex() {
        return open(indexes(), tables.open(location).orElseThrow());
    }

    private KeyIndex open(KeyIndexes own, DeltaTable opened) {
        return own.open(own.owner(location), opened, Set.of(Files.P0), Set.of());
    }

    /** Whether the index knows the newest version of the table; if not, it does now. */
    boolean isCaughtUp() {
        table.refresh();
        return !indexes.catchUp(owner);
    }

    void catchUp() {
        table.refresh();
        indexes.catchUp(owner);
    }

    static DocumentKey key(long id) {
        return DocumentKey.ofColumn(ScalarType.INT64, id);
    }

    /** The table is the model, and the index is what a new one would be. */
    void check(String where) {
        DeltaTable reopened = tables.open(location).orElseThrow();
        assertThat(rows(reopened)).as(where).isEqualTo(model);
        assertThat(isCaughtUp()).as(where).isTrue();
        KeyIndex fresh = freshIndex();
        for (long id = 0; id < KEYS; id++) {
            assertThat(index.find(key(id))).as(where).isEqualTo(fresh.find(key(id)));
            assertThat(index.find(key(id)).isPresent()).as(where).isEqualTo(model.containsKey(id));
        }
    }

    static Map<Long, String> rows(DeltaTable table) {
        Map<Long, String> rows = new TreeMap<>();
        for (DataFile file : table.snapshot().files().values()) {
            try (CloseableIterator<StoredRow> stored = table.read(file, List.of("_id", "text"))) {
                stored.forEachRemaining(
                        row -> assertThat(rows.put((Long) row.values()[0], String.valueOf(row.values()[1])))
                                .isNull());
            }
        }
        return rows;
    }

    @Override
    public void close() {
        opened.forEach(KeyIndexes::close);
        tables.close();
    }
}
