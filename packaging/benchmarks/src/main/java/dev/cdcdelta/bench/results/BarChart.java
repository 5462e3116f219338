package dev.cdcdelta.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart of horizontal bars as SVG. Its background is transparent and its colours are of medium brightness, so that it reads on light pages
 * and on dark ones.
 *
 * @param unit of the values, written at the axis
 * @param bars from top to bottom
 */
public record BarChart(String title, String unit, List<Bar> bars) {
    private static final int WIDTH = 760;
    private static final int LABELS = 250;
    private static final int RIGHT = 80;
    private static final int TOP = 56;
    private static final int STEP = 34;
    private static final int THICKNESS = 20;
    private static final int BOTTOM = 44;
    private static final int MOST_TICKS = 6;
    private static final String TEXT = "#7d8590";

    /** Whose figure a bar is. */
    public enum Colour {
        OURS("#2f81f7"),
        /** Ours, measured another way. */
        OURS_ASIDE("#79c0ff"),
        PEER("#d29922"),
        LIMIT("#7d8590");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    /**
     * @param low beginning of the range that a thin line shows over the bar's end
     * @param high its end
     */
    public record Bar(String label, double value, double low, double high, Colour colour) {}

    public BarChart {
        bars = List.copyOf(bars);
    }

    public String svg() {
        double step = tick();
        double most = Math.ceil(greatest() / step) * step;
        int height = TOP + STEP * bars.size() + BOTTOM;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\" font-family=\"-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\" role=\"img\">\n");
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        text(svg, 8, 24, "start", 16, title);
        for (double tick : ticks(step, most)) {
            double x = x(tick, most);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-opacity=\"0.3\"/>\n",
                    x,
                    TOP - 10,
                    x,
                    height - BOTTOM + 4,
                    TEXT));
            text(svg, x, height - BOTTOM + 20, "middle", 12, Figures.text(tick));
        }
        text(svg, LABELS, height - 6, "start", 12, unit);
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), TOP + STEP * i, most);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, Bar bar, int y, double most) {
        double end = x(bar.value(), most);
        double middle = y + THICKNESS / 2.0;
        text(svg, LABELS - 10, middle + 4, "end", 13, bar.label());
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" fill=\"%s\"/>\n",
                LABELS,
                y,
                Math.max(1, end - LABELS),
                THICKNESS,
                bar.colour().code));
        if (bar.high() > bar.low()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %.1fV%.1fM%.1f %.1fH%.1fM%.1f %.1fV%.1f\" stroke=\"%s\" stroke-width=\"2\" fill=\"none\"/>\n",
                    x(bar.low(), most),
                    middle - 5,
                    middle + 5,
                    x(bar.low(), most),
                    middle,
                    x(bar.high(), most),
                    x(bar.high(), most),
                    middle - 5,
                    middle + 5,
                    TEXT));
        }
        text(svg, Math.max(end, x(bar.high(), most)) + 8, middle + 4, "start", 13, Figures.text(bar.value()));
    }

    private double greatest() {
        return bars.stream()
                .mapToDouble(bar -> Math.max(bar.value(), bar.high()))
                .max()
                .orElse(1);
    }

    /** 1, 2 or 5 times a power of ten, so that few lines are enough. */
    private double tick() {
        double greatest = Math.max(greatest(), Double.MIN_NORMAL);
        double power = Math.pow(10, Math.floor(Math.log10(greatest / MOST_TICKS)));
        for (double factor : new double[] {1, 2, 5}) {
            if (greatest / (factor * power) <= MOST_TICKS) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static List<Double> ticks(double step, double most) {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= most + step / 2; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double x(double value, double most) {
        return LABELS + value / most * (WIDTH - LABELS - RIGHT);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, int size, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                size,
                TEXT,
                escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
