package dev.cdcdelta.admin.deadletter;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.config.SinkConfigDef;
import dev.cdcdelta.smt.key.DocumentKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a letter may go back into its topic. There it comes behind newer changes of its document, and the sink must be able to
 * tell that it is older. Decides without I/O.
 */
public final class ReplayRules {
    private final Map<String, String> sink;
    private final Set<String> topics;
    private final boolean trustsTheUser;
    private final Clock clock;

    /**
     * @param sink configuration of the connector that reads the topics
     * @param topics that it reads
     * @param trustsTheUser letters older than the table's memory of deletes go back too
     */
    public ReplayRules(Map<String, String> sink, Set<String> topics, boolean trustsTheUser, Clock clock) {
        this.sink = Map.copyOf(sink);
        this.topics = Set.copyOf(topics);
        this.trustsTheUser = trustsTheUser;
        this.clock = clock;
    }

    /** What the letter says of itself forbids it; empty if nothing does, and then it has a key and a version. */
    public Optional<ReplayDecision> refusal(DeadLetter letter) {
        if (!topics.contains(letter.origin().topic())) {
            return refused(letter, "the sink does not read " + letter.origin().topic() + " any more");
        }
        if (sink.containsKey(SinkConfigDef.TABLE_NAME_FIELD)) {
            return refused(letter, "table.name.field chooses the table, so its newer row cannot be looked for");
        }
        if (letter.letter().value() == null) {
            return refused(letter, "it is a tombstone, which tells no time: it would delete whatever the table has now");
        }
        if (!LetterContent.version(letter.letter()).isKnown()) {
            return refused(
                    letter,
                    "it tells no source time (its value is no JSON envelope, and it has no headers of the transform), so it"
                            + " would win over newer rows");
        }
        if (LetterContent.key(letter.letter()).isEmpty()) {
            return refused(letter, "its key is not Debezium's {\"id\": …}, so its newer row cannot be looked for");
        }
        return Optional.empty();
    }

    public static DocumentKey key(DeadLetter letter) {
        return LetterContent.key(letter.letter()).orElseThrow();
    }

    /**
     * Decides by what the table has.
     *
     * @param letter that {@link #refusal} lets pass
     * @param row the newest version of the document's rows; empty if there is none
     */
    public ReplayDecision decide(DeadLetter letter, Optional<SourceVersion> row) {
        SourceVersion version = LetterContent.version(letter.letter());
        if (sink.getOrDefault(SinkConfigDef.WRITE_MODE, "upsert").equals("append")) {
            return new ReplayDecision(letter, ReplayDecision.Action.REPLAY, "");
        }
        if (row.isPresent() && !row.get().isKnown()) {
            return refuse(letter, "the table's row of the document has no source time to compare with");
        }
        // Not the sink's own comparison: that lets an older change win over a row of a snapshot, and of equals the later one.
        if (row.isPresent() && row.get().compareTo(version) >= 0) {
            return new ReplayDecision(
                    letter, ReplayDecision.Action.SUPERSEDED, "the table has the change of " + text(row.get()));
        }
        if (row.isEmpty() && !trustsTheUser && mayHaveBeenForgotten(version)) {
            return refuse(
                    letter,
                    "it is of " + text(version) + ", and the table may have forgotten a later delete of the document"
                            + " (delete.retention.ms, merge.mode); --allow-forgotten-deletes replays it all the same");
        }
        return new ReplayDecision(letter, ReplayDecision.Action.REPLAY, "");
    }

    private boolean mayHaveBeenForgotten(SourceVersion version) {
        if ("copy-on-write".equals(sink.get(SinkConfigDef.MERGE_MODE))) {
            return true;
        }
        Object standard = SinkConfigDef.definition().defaultValues().get(SinkConfigDef.DELETE_RETENTION);
        String retention = sink.getOrDefault(SinkConfigDef.DELETE_RETENTION, String.valueOf(standard));
        return Instant.ofEpochMilli(version.timeMillis())
                .plus(Duration.ofMillis(Long.parseLong(retention)))
                .isBefore(clock.instant());
    }

    private static String text(SourceVersion version) {
        return Instant.ofEpochMilli(version.timeMillis()) + " (" + version.ordinal() + ")";
    }

    private static Optional<ReplayDecision> refused(DeadLetter letter, String why) {
        return Optional.of(refuse(letter, why));
    }

    private static ReplayDecision refuse(DeadLetter letter, String why) {
        return new ReplayDecision(letter, ReplayDecision.Action.REFUSED, why);
    }
}
