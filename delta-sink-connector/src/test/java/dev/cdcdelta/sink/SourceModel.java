package dev.cdcdelta.sink;

import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.schema.TableKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Random changes of a few documents, and the rows that tables of each kind must show of them. */
final class SourceModel {
    private static final int KEYS = 16;
    private static final long SNAPSHOT_TIME = 5_000;

    private final FeedRig rig;
    private final Random random;
    private final TableKind kind;
    private final Function<String, TopicPartition> partitioner;
    private final Map<String, Document> documents = new LinkedHashMap<>();
    private final List<String> closedRows = new ArrayList<>();
    private final List<String> eventRows = new ArrayList<>();
    private long time;

    /** @param image the columns of the last image, null where none came */
    private record Document(
            @Nullable Map<String, String> image, SourceVersion version, Operation operation, long validFrom) {
        boolean isLive() {
            return operation != Operation.DELETE;
        }
    }

    SourceModel(FeedRig rig, Random random, TableKind kind, Function<String, TopicPartition> partitioner) {
        this.rig = rig;
        this.random = random;
        this.kind = kind;
        this.partitioner = partitioner;
    }

    static TopicPartition byNumber(String id) {
        return Integer.parseInt(id.substring(1)) % 2 == 0 ? FeedRig.P0 : FeedRig.P1;
    }

    /** Some changes, of documents of a generation. */
    void change(int count, int generation) {
        for (int i = 0; i < count; i++) {
            change("k" + random.nextInt(KEYS), generation);
        }
    }

    private void change(String id, int generation) {
        Document before = documents.get(id);
        boolean live = before != null && before.isLive();
        time += random.nextInt(3);
        SourceVersion version = Documents.version(time, random.nextInt(4) == 0 ? 1 : 2);
        if (before != null && !version.supersedes(before.version())) {
            version = Documents.version(++time, 2);
        }
        if (live && random.nextInt(4) == 0) {
            delete(id, version);
        } else if (before == null && random.nextInt(3) == 0) {
            upsert(id, Documents.version(SNAPSHOT_TIME + random.nextInt(10), -1), Operation.READ, generation);
        } else if (before == null && kind == TableKind.MARKED_DOCUMENTS && random.nextInt(5) == 0) {
            delete(id, version);
        } else {
            upsert(id, version, live ? Operation.UPDATE : Operation.CREATE, generation);
        }
        Document after = documents.get(id);
        boolean isRemembered = after != null && (after.isLive() || kind == TableKind.MARKED_DOCUMENTS);
        if (isRemembered && after.version().ordinal() >= 0 && random.nextInt(5) == 0) {
            stale(id, generation);
        }
    }

    /** Every document is read again, as a snapshot does, with the state that it is in. */
    void snapshotAgain(int generation) {
        time += 10;
        for (String id : List.copyOf(documents.keySet())) {
            Document document = documents.get(id);
            if (document != null && document.isLive()) {
                upsert(id, Documents.version(time, -1), Operation.READ, generation);
            }
        }
    }

    private void upsert(String id, SourceVersion version, Operation operation, int generation) {
        int n = random.nextInt(1000);
        TopicPartition partition = partitioner.apply(id);
        long offset = rig.append(partition, Documents.upsert(id, version, operation, generation, n));
        Map<String, String> image = Documents.columns(generation, n);
        close(id, version);
        documents.put(id, new Document(image, version, operation, version.timeMillis()));
        event(id, image, version, operation, partition, offset);
    }

    private void delete(String id, SourceVersion version) {
        TopicPartition partition = partitioner.apply(id);
        long offset = rig.append(partition, Documents.delete(id, version));
        Document before = documents.get(id);
        close(id, version);
        documents.put(
                id,
                new Document(before == null ? null : before.image(), version, Operation.DELETE, version.timeMillis()));
        event(id, Map.of(), version, Operation.DELETE, partition, offset);
    }

    private void stale(String id, int generation) {
        TopicPartition partition = partitioner.apply(id);
        SourceVersion version = Documents.version(-1, 1);
        long offset = rig.append(partition, Documents.upsert(id, version, Operation.UPDATE, generation, 7));
        event(id, Documents.columns(generation, 7), version, Operation.UPDATE, partition, offset);
    }

    private void close(String id, SourceVersion version) {
        Document before = documents.get(id);
        if (before != null && before.isLive() && before.image() != null) {
            closedRows.add(versionRow(id, before, Math.max(before.validFrom(), version.timeMillis())));
        }
    }

    private void event(
            String id,
            Map<String, String> image,
            SourceVersion version,
            Operation operation,
            TopicPartition partition,
            long offset) {
        Map<String, String> row = stamped(image, version, operation);
        row.put("_cdc_topic", partition.topic());
        row.put("_cdc_partition", Integer.toString(partition.partition()));
        row.put("_cdc_offset", Long.toString(offset));
        eventRows.add(text(id, row));
    }

    /** The rows of the table as {@link TableContent#rows} shows them. */
    List<String> rows() {
        if (kind == TableKind.EVENTS) {
            return eventRows;
        }
        List<String> rows = new ArrayList<>(kind == TableKind.VERSIONS ? closedRows : List.of());
        documents.forEach((id, document) -> {
            if (kind == TableKind.VERSIONS && document.isLive()) {
                rows.add(versionRow(id, document, null));
            } else if (kind == TableKind.MARKED_DOCUMENTS) {
                Map<String, String> row = stamped(document.image(), document.version(), document.operation());
                row.put("_cdc_deleted", Boolean.toString(!document.isLive()));
                rows.add(text(id, row));
            } else if (kind == TableKind.DOCUMENTS && document.isLive()) {
                rows.add(text(id, stamped(document.image(), document.version(), document.operation())));
            }
        });
        return rows;
    }

    private static String versionRow(String id, Document document, @Nullable Long validTo) {
        Map<String, String> row = stamped(document.image(), document.version(), document.operation());
        row.put("_cdc_valid_from", micros(document.validFrom()));
        if (validTo != null) {
            row.put("_cdc_valid_to", micros(validTo));
        }
        row.put("_cdc_is_current", Boolean.toString(validTo == null));
        return text(id, row);
    }

    private static Map<String, String> stamped(
            @Nullable Map<String, String> image, SourceVersion version, Operation operation) {
        Map<String, String> row = new TreeMap<>(image == null ? Map.of() : image);
        row.put("_cdc_ts", micros(version.timeMillis()));
        row.put("_cdc_ord", Integer.toString(version.ordinal()));
        row.put("_cdc_op", operation.letter());
        return row;
    }

    private static String micros(long millis) {
        return Long.toString(millis * 1000);
    }

    private static String text(String id, Map<String, String> row) {
        StringBuilder text = new StringBuilder(id).append(':');
        row.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
