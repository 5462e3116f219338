package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.finding.DifferingPaths;
import dev.cdcdelta.reconcile.finding.Finding;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.record.Records;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** Tells findings, and repairs them as far as the settings go. Counts what it has repaired in its collection. */
final class Repairs {
    private static final long SMALLEST_RANGE = 100;
    private static final int VALUE_LENGTH = 1_000;

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
        Optional<String> refusal = refusal(repairable.size(), documents);
        ReconcileSettings.Repair.Mode mode = settings.mode();
        boolean applies = mode == ReconcileSettings.Repair.Mode.APPLY && refusal.isEmpty() && !repairable.isEmpty();
        for (Finding finding : findings) {
            String state = mode == ReconcileSettings.Repair.Mode.OFF || !isRepairable(finding)
                    ? "off"
                    : refusal.isPresent() ? "refused" : applies ? "sent" : "planned";
            tell(finding, new Records.Repair(state, refusal.or(() -> plan(finding))));
        }
        return applies ? apply(repairable) : 0;
    }

    /** A second row of a key is out of an event's reach: the sink knows one row of a key. */
    private static boolean isRepairable(Finding finding) {
        return switch (finding.kind()) {
            case MISSING, EXTRA, DIFFERENT -> finding.sides().rows().size() <= 1;
            case DUPLICATE, HOT -> false;
        };
    }

    private Optional<String> refusal(int repairs, long documents) {
        if (settings.mode() == ReconcileSettings.Repair.Mode.OFF) {
            return Optional.empty();
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
        Set<DocumentKey> keys = new HashSet<>();
        findings.forEach(finding -> keys.add(finding.key()));
        // Taken before the documents are read, so that a change after it wins against the event made of them.
        BsonTimestamp readAfter = parts.operationTime().get();
        List<BsonValue> ids =
                keys.stream().map(key -> ExtendedJson.parse(key.canonical())).toList();
        Map<DocumentKey, BsonDocument> documents = parts.source().find(ids, readAfter);
        List<SourceRecord> events = new ArrayList<>();
        for (DocumentKey key : keys) {
            events.add(parts.repairs().event(key, Optional.ofNullable(documents.get(key)), readAfter));
        }
        parts.output().writeThrough(events);
        parts.repaired().addAndGet(events.size());
        Map<DocumentKey, Finding> still = new HashMap<>();
        judgement.of(List.copyOf(keys), key -> 0).forEach(finding -> still.put(finding.key(), finding));
        for (Finding finding : findings) {
            Finding left = still.get(finding.key());
            String state = left == null ? "verified" : left.kind() == FindingClass.HOT ? "sent" : "failed";
            tell(finding, new Records.Repair(state, plan(finding)));
        }
        return findings.stream()
                .filter(finding -> !still.containsKey(finding.key()))
                .count();
    }

    private void tell(Finding finding, Records.Repair repair) {
        List<DifferingPaths.Difference> paths = finding.kind() == FindingClass.DIFFERENT
                ? judgement
                        .document(finding.key())
                        .map(document -> parts.paths()
                                .of(document, finding.sides().rows().get(0)))
                        .orElse(List.of())
                : List.of();
        parts.output()
                .write(parts.records()
                        .finding(
                                finding,
                                new Records.Details(
                                        repair,
                                        paths.stream()
                                                .map(DifferingPaths.Difference::path)
                                                .toList(),
                                        paths.stream()
                                                .map(path -> text(path.source()))
                                                .toList(),
                                        paths.stream()
                                                .map(path -> text(path.table()))
                                                .toList())));
    }

    private static String text(BsonValue value) {
        String text = ExtendedJson.text(value);
        return text.length() > VALUE_LENGTH ? text.substring(0, VALUE_LENGTH) + "…" : text;
    }
}
