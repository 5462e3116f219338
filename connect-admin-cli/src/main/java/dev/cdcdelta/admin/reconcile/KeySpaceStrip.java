package dev.cdcdelta.admin.reconcile;

import java.util.List;
import java.util.Locale;

/** A collection's key space from left to right, as a drawing: where in it findings are. Many ranges share a cell. */
final class KeySpaceStrip {
    private static final int MOST_CELLS = 200;
    private static final int WIDTH = 1000;

    private KeySpaceStrip() {}

    /** @param ranges of one collection, those that are done */
    static String svg(String collection, List<RangeReport> ranges) {
        int all = ranges.stream().mapToInt(RangeReport::ranges).max().orElse(0);
        int cells = Math.min(MOST_CELLS, Math.max(1, all));
        long[] documents = new long[cells];
        long[] found = new long[cells];
        int[] done = new int[cells];
        String[] worst = new String[cells];
        for (RangeReport range : ranges) {
            int cell = (int) Math.min(cells - 1L, (long) range.range() * cells / Math.max(1, all));
            documents[cell] += range.counts().documents();
            found[cell] += range.counts().found();
            done[cell]++;
            worst[cell] = worse(worst[cell] == null ? "clean" : worst[cell], kind(range.counts()));
        }
        var svg = new StringBuilder("<svg class=\"strip\" role=\"img\" viewBox=\"0 0 " + WIDTH
                + " 28\" preserveAspectRatio=\"none\"><title>Ranges of " + HtmlText.of(collection) + "</title>");
        for (int cell = 0; cell < cells; cell++) {
            double left = (double) WIDTH * cell / cells;
            double width = (double) WIDTH / cells;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"28\"><title>%s</title></rect>",
                    done[cell] == 0 ? "open" : worst[cell],
                    left,
                    width * (cells > 100 ? 1 : 0.94),
                    HtmlText.of(title(cell, cells, all, done[cell], documents[cell], found[cell]))));
        }
        return svg.append("</svg>").toString();
    }

    private static String title(int cell, int cells, int all, int done, long documents, long found) {
        long first = (long) cell * all / cells;
        long last = Math.max(first, (long) (cell + 1) * all / cells - 1);
        String which = first == last ? "Range " + first : "Ranges " + first + " to " + last;
        return done == 0 ? which + ": not done" : which + ": " + documents + " documents, " + found + " findings";
    }

    /** The class of the worst finding; {@code failed} where nothing could be said. */
    private static String kind(Counts counts) {
        if (!counts.failure().isEmpty()) {
            return "failed";
        }
        return Counts.CLASSES.stream()
                .filter(each -> counts.findings().getOrDefault(each, 0L) > 0)
                .findFirst()
                .orElse("clean");
    }

    private static String worse(String a, String b) {
        return rank(a) <= rank(b) ? a : b;
    }

    private static int rank(String kind) {
        int rank = Counts.CLASSES.indexOf(kind);
        return kind.equals("failed") ? -1 : rank < 0 ? Integer.MAX_VALUE : rank;
    }
}
