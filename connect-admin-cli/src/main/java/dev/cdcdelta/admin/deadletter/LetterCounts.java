package dev.cdcdelta.admin.deadletter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Letters by topic and kind of reason, and the newest of them one by one. */
public final class LetterCounts {
    private final Map<DeadLetter.Place, Mark.Outcome> marks;
    private final int shown;
    private final Map<Kind, Count> counts = new LinkedHashMap<>();
    private final ArrayList<Line> newest = new ArrayList<>();

    /** @param shown the most letters that are kept one by one */
    public LetterCounts(Map<DeadLetter.Place, Mark.Outcome> marks, int shown) {
        this.marks = Map.copyOf(marks);
        this.shown = shown;
    }

    private record Kind(String topic, String stage, String reason) {}

    /** How many letters are of one kind. */
    public record Count(String topic, String stage, String reason, long letters, long open, Instant oldest, Instant newest) {}

    /** A letter without its value. */
    public record Line(
            DeadLetter.Place place, Instant time, DeadLetter.Origin origin, DeadLetter.Reason reason, String state) {}

    public void add(DeadLetter letter) {
        DeadLetter.Reason why = letter.reason();
        String state = marks.containsKey(letter.place()) ? String.valueOf(marks.get(letter.place())) : "open";
        long open = state.equals("open") ? 1 : 0;
        Count one = new Count(
                letter.origin().topic(), why.stage(), why.kind(), 1, open, letter.time(), letter.time());
        counts.merge(new Kind(one.topic(), one.stage(), one.reason()), one, LetterCounts::sum);
        newest.add(new Line(letter.place(), letter.time(), letter.origin(), why, state));
        if (newest.size() > 2 * Math.max(shown, 1000)) {
            keepNewest();
        }
    }

    private static Count sum(Count a, Count b) {
        return new Count(
                a.topic(),
                a.stage(),
                a.reason(),
                a.letters() + b.letters(),
                a.open() + b.open(),
                a.oldest().isBefore(b.oldest()) ? a.oldest() : b.oldest(),
                a.newest().isAfter(b.newest()) ? a.newest() : b.newest());
    }

    private void keepNewest() {
        newest.sort(Comparator.comparing(Line::time)
                .reversed()
                .thenComparing(line -> line.place().partition())
                .thenComparing(line -> -line.place().offset()));
        if (newest.size() > shown) {
            newest.subList(shown, newest.size()).clear();
        }
    }

    /** The most frequent first. */
    public List<Count> counts() {
        return counts.values().stream()
                .sorted(Comparator.comparingLong(Count::letters).reversed().thenComparing(Count::topic))
                .toList();
    }

    /** The newest first. */
    public List<Line> newest() {
        keepNewest();
        return List.copyOf(newest);
    }
}
