package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.finding.Finding;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.finding.TableRow;
import dev.cdcdelta.reconcile.range.KeyValue;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** Tells findings, and repairs them as far as the settings go. Counts what it has repaired in its collection. */
final class Repairs {
    private static final long SMALLEST_RANGE = 100;
    private static final int VALUE_LENGTH = 1_000;
    private static final long BYTES_AT_A_TIME = 8 << 20;

    private final CollectionWork.Parts parts;
    private final Judgement judgement;
    private final ReconcileSettings.Repair settings;

    Repairs(CollectionWork.Parts parts, Judgement judgement) {
        this.parts = parts;
        this.judgement = judgement;
        this.settings = parts.settings().repair();
    }

    /**
     * Writes the findings of one range, before and after their repair.
     *
     * @param documents of the range
     * @return how many are seen to be repaired
     */
    long handle(List<Finding> findings, long documents) {
        List<Finding> repairable =
                findings.stream().filter(Repairs::isRepairable).toList();
        Optional<String> refusal = refusal(findings, repairable.size(), documents);
        ReconcileSettings.Repair.Mode mode = settings.mode();
        boolean applies = mode == ReconcileSettings.Repair.Mode.APPLY && refusal.isEmpty() && !repairable.isEmpty();
        tell(findings, finding -> {
            String state = mode == ReconcileSettings.Repair.Mode.OFF || !isRepairable(finding)
                    ? "off"
                    : refusal.isPresent() ? "refused" : applies ? "sent" : "planned";
            return new Records.Repair(state, refusal.or(() -> plan(finding)));
        });
        return applies ? apply(repairable) : 0;
    }

    /** A second row of a key is out of an event's reach: the sink knows one row of a key. */
    private static boolean isRepairable(Finding finding) {
        return switch (finding.kind()) {
            case MISSING, EXTRA, DIFFERENT -> finding.sides().rows().size() <= 1;
            case DUPLICATE, HOT -> false;
        };
    }

    private Optional<String> refusal(List<Finding> findings, int repairs, long documents) {
        if (settings.mode() == ReconcileSettings.Repair.Mode.OFF) {
            return Optional.empty();
        }
        if (settings.mode() == ReconcileSettings.Repair.Mode.APPLY
                && findings.stream().anyMatch(finding -> finding.sides().rows().size() > 1)) {
            return Optional.of(
                    "the table has two rows of a key, at which the sink stops: delete all rows of that key, then begin a"
                            + " new run");
        }
        if (parts.repaired().get() + repairs > settings.most()) {
            return Optional.of("more repairs than 'max.repairs' = " + settings.most() + " allows");
        }
        double share = repairs / (double) Math.max(SMALLEST_RANGE, documents);
        return share > settings.share()
                ? Optional.of(repairs + " of " + documents + " documents are more than 'max.repair.share' = "
                        + settings.share() + " allows")
                : Optional.empty();
    }

    private Optional<String> plan(Finding finding) {
        if (settings.mode() == ReconcileSettings.Repair.Mode.OFF) {
            return Optional.empty();
        }
        return switch (finding.kind()) {
            case EXTRA -> Optional.of("a delete event");
            case MISSING, DIFFERENT -> Optional.of("an update event with the document");
            case DUPLICATE ->
                Optional.of("not by events: delete all rows of the key from the table but one, then begin a new run");
            case HOT -> Optional.empty();
        };
    }

    private long apply(List<Finding> findings) {
        Set<DocumentKey> keys = new LinkedHashSet<>();
        findings.forEach(finding -> keys.add(finding.key()));
        send(keys);
        Map<DocumentKey, Finding> still = new HashMap<>();
        judgement.of(List.copyOf(keys), key -> 0).forEach(finding -> still.put(finding.key(), finding));
        tell(findings, finding -> {
            Finding left = still.get(finding.key());
            String state = left == null ? "verified" : left.kind() == FindingClass.HOT ? "sent" : "failed";
            return new Records.Repair(state, plan(finding));
        });
        return findings.stream()
                .filter(finding -> !still.containsKey(finding.key()))
                .count();
    }

    private void send(Set<DocumentKey> keys) {
        // Taken before the documents are read, so that a change after it wins against the event made of them.
        BsonTimestamp readAfter = parts.operationTime().get();
        List<BsonValue> ids = keys.stream().map(KeyValue::of).toList();
        Set<DocumentKey> gone = new LinkedHashSet<>(keys);
        List<SourceRecord> events = new ArrayList<>();
        long[] bytes = {0};
        parts.source().find(ids, readAfter, found -> {
            gone.remove(found.key());
            events.add(parts.repairs().event(found.key(), Optional.of(found.document()), readAfter));
            bytes[0] += found.bytes();
            if (bytes[0] > BYTES_AT_A_TIME) {
                parts.output().writeThrough(events);
                events.clear();
                bytes[0] = 0;
            }
        });
        gone.forEach(key -> events.add(parts.repairs().event(key, Optional.empty(), readAfter)));
        parts.output().writeThrough(events);
        parts.repaired().addAndGet(keys.size());
    }

    private void tell(List<Finding> findings, Function<Finding, Records.Repair> repair) {
        Map<DocumentKey, List<Shown>> paths = paths(findings);
        for (Finding finding : findings) {
            List<Shown> shown = paths.getOrDefault(finding.key(), List.of());
            parts.output()
                    .write(parts.records()
                            .finding(
                                    finding,
                                    new Records.Details(
                                            repair.apply(finding),
                                            shown.stream().map(Shown::path).toList(),
                                            shown.stream().map(Shown::source).toList(),
                                            shown.stream().map(Shown::table).toList())));
        }
    }

    /** A difference in texts of bounded length. */
    private record Shown(String path, String source, String table) {}

    private Map<DocumentKey, List<Shown>> paths(List<Finding> findings) {
        Map<DocumentKey, TableRow> rows = new HashMap<>();
        for (Finding finding : findings) {
            if (finding.kind() == FindingClass.DIFFERENT) {
                rows.put(finding.key(), finding.sides().rows().get(0));
            }
        }
        Map<DocumentKey, List<Shown>> paths = new HashMap<>();
        if (!rows.isEmpty()) {
            List<BsonValue> ids = rows.keySet().stream().map(KeyValue::of).toList();
            parts.source().find(ids, new BsonTimestamp(0), found -> {
                TableRow row = rows.get(found.key());
                if (row != null) {
                    paths.put(
                            found.key(),
                            parts.paths().of(found.document(), row).stream()
                                    .map(path -> new Shown(path.path(), text(path.source()), text(path.table())))
                                    .toList());
                }
            });
        }
        return paths;
    }

    private static String text(BsonValue value) {
        String text = ExtendedJson.text(value);
        return text.length() > VALUE_LENGTH ? text.substring(0, VALUE_LENGTH) + "…" : text;
    }
}
