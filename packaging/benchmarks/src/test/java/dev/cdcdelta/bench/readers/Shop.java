package dev.cdcdelta.bench.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random changes of a few documents, in rounds that the sink gets one by one. In each document stand an {@code n} and what follows
 * from it, so that {@code _id} and {@code n} name a version of it.
 */
final class Shop {
    private static final int KEYS = 25;
    private static final List<String> COLORS = List.of("red", "dark blue", "grün");

    /** @param n 0 for a delete */
    record Change(int id, long n) {}

    final List<List<Change>> rounds = new ArrayList<>();

    /** @param widens whether the later numbers need 64 bits */
    Shop(long seed, int howMany, boolean widens) {
        Random random = new Random(seed);
        long n = 0;
        for (int round = 0; round < howMany; round++) {
            List<Change> changes = new ArrayList<>();
            for (int left = 5 + random.nextInt(25); left > 0; left--) {
                long number = ++n + (widens && round * 2 >= howMany ? 1L << 40 : 0);
                changes.add(new Change(random.nextInt(KEYS), random.nextInt(4) == 0 ? 0 : number));
            }
            rounds.add(changes);
        }
    }

    /** {@code n} of each live document after some rounds. */
    Map<Integer, Long> after(int howMany) {
        Map<Integer, Long> live = new TreeMap<>();
        for (Change change :
                rounds.subList(0, howMany).stream().flatMap(List::stream).toList()) {
            if (change.n() == 0) {
                live.remove(change.id());
            } else {
                live.put(change.id(), change.n());
            }
        }
        return live;
    }

    /** What each round changes, as the change data feed tells it: "type id n", for rounds that change something. */
    List<List<String>> feed() {
        List<List<String>> feed = new ArrayList<>();
        for (int round = 0; round < rounds.size(); round++) {
            Map<Integer, Long> before = after(round);
            Map<Integer, Long> after = after(round + 1);
            List<String> rows = new ArrayList<>();
            for (int id = 0; id < KEYS; id++) {
                rows.addAll(images(id, before.get(id), after.get(id)));
            }
            if (!rows.isEmpty()) {
                feed.add(rows.stream().sorted().toList());
            }
        }
        return feed;
    }

    private static List<String> images(int id, @Nullable Long before, @Nullable Long after) {
        if (Objects.equals(before, after)) {
            return List.of();
        }
        if (before == null) {
            return List.of("insert " + id + " " + after);
        }
        return after == null
                ? List.of("delete " + id + " " + before)
                : List.of("update_preimage " + id + " " + before, "update_postimage " + id + " " + after);
    }

    static String document(int id, long n) {
        return "{\"_id\": " + id + ", \"n\": " + (n > Integer.MAX_VALUE ? "{\"$numberLong\": \"" + n + "\"}" : n)
                + ", \"color\": \"" + color(n) + "\", \"share\": " + n % 1_000 / 8.0
                + ", \"at\": {\"$date\": " + (1_600_000_000_000L + n % 1_000_000) + "}"
                + ", \"price\": {\"$numberDecimal\": \"" + n % 1_000 + ".25\"}"
                + ", \"items\": [{\"sku\": \"s" + n % 7 + "\", \"count\": " + n % 5 + "}]"
                + (n % 3 == 0 ? ", \"address\": {\"city\": \"Zürich\", \"geo\": {\"lat\": 47.5}}" : "")
                + (n % 4 == 0 ? ", \"nothing\": null" : "") + (n > 100 ? ", \"late field\": true" : "") + "}";
    }

    static String color(long n) {
        return COLORS.get((int) (n % COLORS.size()));
    }
}
