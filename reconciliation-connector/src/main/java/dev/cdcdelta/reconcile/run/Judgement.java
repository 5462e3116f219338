package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.barrier.Barrier;
import dev.cdcdelta.reconcile.finding.Finding;
import dev.cdcdelta.reconcile.finding.FindingClass;
import dev.cdcdelta.reconcile.finding.Recheck;
import dev.cdcdelta.reconcile.finding.Sides;
import dev.cdcdelta.reconcile.finding.TableRow;
import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.reconcile.range.KeyValue;
import dev.cdcdelta.reconcile.source.DocumentHashes;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bson.BsonTimestamp;

/** Rechecks suspects until each is guilty, innocent or hot. */
final class Judgement {
    private final CollectionWork.Parts parts;
    private final DocumentHashes hashes;
    private Optional<Barrier.Passed> last = Optional.empty();

    Judgement(CollectionWork.Parts parts, DocumentHashes hashes) {
        this.parts = parts;
        this.hashes = hashes;
    }

    /** The barrier that was passed last; empty if there were no suspects. */
    Optional<Barrier.Passed> last() {
        return last;
    }

    List<Finding> of(List<DocumentKey> suspects, ToIntFunction<DocumentKey> rangeOf) {
        List<Finding> findings = new ArrayList<>();
        Map<DocumentKey, Recheck> open = new LinkedHashMap<>();
        suspects.forEach(key -> open.put(key, Recheck.NEW));
        BsonTimestamp notBefore = new BsonTimestamp(0);
        while (!open.isEmpty()) {
            List<DocumentKey> keys = List.copyOf(open.keySet());
            Map<DocumentKey, ContentHash> before = read(keys, notBefore);
            Barrier.Passed passed = parts.barrier().pass();
            last = Optional.of(passed);
            notBefore = passed.operationTime();
            Map<DocumentKey, List<TableRow>> rows = parts.table().rows(new HashSet<>(keys));
            Map<DocumentKey, ContentHash> after = read(keys, notBefore);
            for (DocumentKey key : keys) {
                Sides sides = new Sides(Optional.ofNullable(after.get(key)), rows.getOrDefault(key, List.of()));
                Recheck known = open.getOrDefault(key, Recheck.NEW);
                Recheck.Result result = known.after(
                        Optional.ofNullable(before.get(key)),
                        sides,
                        parts.settings().runs().rounds());
                switch (result.state()) {
                    case OPEN -> open.put(key, result.known());
                    case INNOCENT -> open.remove(key);
                    case GUILTY, HOT -> {
                        open.remove(key);
                        FindingClass kind = result.state() == Recheck.State.HOT
                                ? FindingClass.HOT
                                : result.known().seen().orElseThrow();
                        findings.add(new Finding(
                                key,
                                kind,
                                rangeOf.applyAsInt(key),
                                sides,
                                passed.operationTime().getValue(),
                                passed.version()));
                    }
                }
            }
        }
        return findings;
    }

    /** The hashes that rows must have, by what the documents are on their way through an event. */
    private Map<DocumentKey, ContentHash> read(List<DocumentKey> keys, BsonTimestamp notBefore) {
        Map<DocumentKey, ContentHash> read = new HashMap<>();
        parts.source()
                .find(
                        keys.stream().map(KeyValue::of).toList(),
                        notBefore,
                        found -> read.put(found.key(), hashes.ofEvent(found.document())));
        return read;
    }
}
