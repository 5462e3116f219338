package dev.cdcdelta.admin.deadletter;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through a queue: each letter that is meant and open gets a decision, and a batch of decisions is carried out at once. */
public final class Replay {
    /** A batch costs one pass over the keys of its tables, and waits in memory. */
    private static final int BATCH_LETTERS = 5_000;

    private static final long BATCH_BYTES = 64 << 20;

    private final ReplayRules rules;
    private final Function<String, Optional<DeltaTable>> tables;
    private final Consumer<List<ReplayDecision>> commits;
    private final Consumer<ReplayDecision> told;
    private final List<DeadLetter> batch = new ArrayList<>();
    private long bytes;

    /**
     * @param tables the table of a topic; empty while there is none
     * @param commits carries decisions out, none of them a refusal; does nothing for a trial
     * @param told of each decision, once it is carried out
     */
    public Replay(
            ReplayRules rules,
            Function<String, Optional<DeltaTable>> tables,
            Consumer<List<ReplayDecision>> commits,
            Consumer<ReplayDecision> told) {
        this.rules = rules;
        this.tables = tables;
        this.commits = commits;
        this.told = told;
    }

    public void run(DeadLetterQueue queue, LetterFilter filter) {
        Map<DeadLetter.Place, Mark.Outcome> marks = queue.marks();
        queue.letters(letter -> {
            if (filter.matches(letter) && !marks.containsKey(letter.place())) {
                add(letter);
            }
        });
        flush();
    }

    private void add(DeadLetter letter) {
        Optional<ReplayDecision> refusal = rules.refusal(letter);
        if (refusal.isPresent()) {
            told.accept(refusal.get());
            return;
        }
        batch.add(letter);
        bytes += letter.letter().serializedValueSize();
        if (batch.size() >= BATCH_LETTERS || bytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        Map<String, Set<DocumentKey>> wanted = new LinkedHashMap<>();
        batch.forEach(letter -> wanted.computeIfAbsent(letter.origin().topic(), topic -> new HashSet<>())
                .add(ReplayRules.key(letter)));
        Map<String, Map<DocumentKey, SourceVersion>> stored = new LinkedHashMap<>();
        wanted.forEach((topic, keys) -> stored.put(
                topic, tables.apply(topic).map(table -> StoredVersions.of(table, keys)).orElse(Map.of())));
        List<ReplayDecision> decisions = batch.stream()
                .map(letter -> rules.decide(
                        letter,
                        Optional.ofNullable(
                                stored.getOrDefault(letter.origin().topic(), Map.of()).get(ReplayRules.key(letter)))))
                .toList();
        List<ReplayDecision> done = decisions.stream()
                .filter(decision -> decision.action() != ReplayDecision.Action.REFUSED)
                .toList();
        if (!done.isEmpty()) {
            commits.accept(done);
        }
        decisions.forEach(told);
        batch.clear();
        bytes = 0;
    }
}
