package dev.cdcdelta.admin.output;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours of connector states and titles; plain text where there is no terminal or NO_COLOR is set. */
final class Palette {
    private final Ansi ansi;

    Palette(Ansi ansi) {
        this.ansi = ansi;
    }

    String title(String text) {
        return styled(Style.bold, text);
    }

    String value(String text) {
        return switch (text.strip()) {
            case "RUNNING", "ok", "clean" -> styled(Style.fg_green, text);
            case "FAILED", "failed", "missing", "discrepancies" -> styled(Style.fg_red, text);
            case "PAUSED", "STOPPED", "UNASSIGNED", "RESTARTING", "warning", "skipped" -> styled(Style.fg_yellow, text);
            default -> text;
        };
    }

    private String styled(Style style, String text) {
        return ansi.enabled() ? Style.on(style) + text + Style.off(style) : text;
    }
}
