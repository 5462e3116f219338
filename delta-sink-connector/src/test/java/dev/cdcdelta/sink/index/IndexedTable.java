package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DataFileWriter;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.smt.key.DocumentKey;
import dev.cdcdelta.smt.schema.ScalarType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A table of keys and versions in a directory, the connector's own way into it, and somebody else's. */
final class IndexedTable implements AutoCloseable {
    static final TopicPartition P0 = new TopicPartition("orders", 0);
    static final TopicPartition P1 = new TopicPartition("orders", 1);
    private static final ColumnType.Struct COLUMNS = new ColumnType.Struct(List.of(
            column(CdcColumns.ID, ScalarType.STRING),
            column(CdcColumns.TIME, ScalarType.DATE),
            column(CdcColumns.ORDINAL, ScalarType.INT32)));

    private final DeltaTables tables = new DeltaTables(Map.of());
    private final String location;
    final DeltaTable ours;
    private @Nullable Supplier<Instant> clock;

    IndexedTable(Path folder) {
        location = "file://" + folder;
        ours = tables.create(location, COLUMNS, Map.of());
    }

    /** From here on the table remembers the deletes of flushes, as of what this clock says then. */
    void rememberDeletes(Supplier<Instant> now) {
        clock = now;
    }

    /** Another program's view of the table. */
    DeltaTable theirs() {
        return tables.open(location).orElseThrow();
    }

    private static Column column(String name, ScalarType type) {
        return new Column(name, name, new ColumnType.Leaf(type));
    }

    static DocumentKey key(String id) {
        return new DocumentKey('"' + id + '"');
    }

    /** A flush as the sink does it: kills what the index knows, adds rows, tells the index. */
    void flush(
            KeyIndex index, @Nullable TopicPartition partition, Map<String, Long> upserts, Map<String, Long> deletes) {
        commit(index, partition, upserts, deletes).run();
    }

    /** Commits, and leaves telling the index to the caller. */
    Runnable commit(
            KeyIndex index, @Nullable TopicPartition partition, Map<String, Long> upserts, Map<String, Long> deletes) {
        Map<String, Roaring64Bitmap> kills = new HashMap<>();
        List<String> touched = new ArrayList<>(upserts.keySet());
        touched.addAll(deletes.keySet());
        touched.forEach(id -> index.find(key(id))
                .ifPresent(row -> kills.computeIfAbsent(row.file(), file -> new Roaring64Bitmap())
                        .addLong(row.position())));
        Map<DocumentKey, RowLocation> live = new HashMap<>();
        List<DataFile> added = new ArrayList<>();
        if (!upserts.isEmpty()) {
            added.add(write(ours, partition, upserts, live));
        }
        Map<DocumentKey, Deletion> deleted = new HashMap<>();
        deletes.forEach((id, version) -> deleted.put(
                key(id), new Deletion(new SourceVersion(version, 0), Objects.requireNonNullElse(partition, P0))));
        Supplier<Instant> now = clock;
        List<DataFile> dead = now != null && partition != null && !deletes.isEmpty()
                ? List.of(writeTagged(ours, DeletesFiles.tags(partition, now.get()), deletes, new HashMap<>()))
                : List.of();
        commit(ours, new TableCommit(true, COLUMNS, added, dead, kills, Set.of(), List.of(), Map.of()));
        return () -> index.apply(new IndexUpdate(live, deleted), ours.snapshot());
    }

    static DataFile write(
            DeltaTable table,
            @Nullable TopicPartition partition,
            Map<String, Long> rows,
            Map<DocumentKey, RowLocation> live) {
        return writeTagged(table, partition == null ? Map.of() : IndexedFiles.tags(partition), rows, live);
    }

    private static DataFile writeTagged(
            DeltaTable table, Map<String, String> tags, Map<String, Long> rows, Map<DocumentKey, RowLocation> live) {
        try (DataFileWriter writer = table.writer(COLUMNS, tags)) {
            Map<DocumentKey, Long> positions = new HashMap<>();
            rows.forEach((id, version) -> positions.put(key(id), writer.write(new Object[] {id, version * 1_000, 0})));
            DataFile file = writer.finish();
            rows.forEach((id, version) -> live.put(
                    key(id),
                    new RowLocation(file.path(), positions.getOrDefault(key(id), -1L), new SourceVersion(version, 0))));
            return file;
        }
    }

    /** Somebody else deletes rows and adds others, in one commit. */
    void foreign(Map<String, List<Long>> kills, Map<String, Long> rows) {
        DeltaTable theirs = theirs();
        Map<String, Roaring64Bitmap> deletions = new HashMap<>();
        kills.forEach((file, positions) -> deletions.put(file, bitmap(positions)));
        List<DataFile> added = rows.isEmpty() ? List.of() : List.of(write(theirs, null, rows, new HashMap<>()));
        commit(theirs, new TableCommit(COLUMNS, added, deletions, Map.of()));
    }

    /** Somebody else adds rows, and states another number of them. */
    void foreignWithStatedRows(Map<String, Long> rows, long stated) throws IOException {
        foreign(Map.of(), rows);
        Path log;
        try (Stream<Path> files = Files.list(Path.of(URI.create(location + "/_delta_log")))) {
            log = files.filter(file -> file.toString().endsWith(".json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        String name = "\\\"numRecords\\\":";
        String text = Files.readString(log);
        String changed = text.replace(name + rows.size(), name + stated);
        if (changed.equals(text)) {
            throw new IllegalStateException("no number of rows in " + text);
        }
        Files.writeString(log, changed);
    }

    /** Stores rows anew in another file, as compaction does. @return its path */
    String move(
            TopicPartition partition,
            Map<String, Long> rows,
            Map<String, List<Long>> from,
            Map<DocumentKey, RowLocation> stored) {
        DataFile file = write(ours, partition, rows, stored);
        Map<String, Roaring64Bitmap> deletions = new HashMap<>();
        from.forEach((path, positions) -> deletions.put(path, bitmap(positions)));
        commit(ours, new TableCommit(COLUMNS, List.of(file), deletions, Map.of()));
        return file.path();
    }

    void transaction(String id) {
        DeltaTable theirs = theirs();
        commit(theirs, new TableCommit(COLUMNS, List.of(), Map.of(), Map.of(id, 1L)));
    }

    private static void commit(DeltaTable table, TableCommit commit) {
        try {
            table.commit(commit);
        } catch (LostRaceException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Roaring64Bitmap bitmap(Collection<Long> positions) {
        Roaring64Bitmap bitmap = new Roaring64Bitmap();
        positions.forEach(bitmap::addLong);
        return bitmap;
    }

    @Override
    public void close() {
        tables.close();
    }
}
