package dev.cdcdelta.smt;

import java.util.List;
import java.util.Random;

/** Texts with a few random faults in them, some of which leave another sound document. */
public final class MutatedTexts {
    private static final List<String> SCRAPS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            " ",
            "\n",
            "\u0000",
            "\t",
            "null",
            "true",
            "false",
            "NaN",
            "Infinity",
            "-Infinity",
            "-",
            "+",
            "0",
            "1",
            "9",
            "99999999999",
            "9223372036854775808",
            "1e400",
            "1E-400",
            "0.",
            ".5",
            "e5",
            "$",
            "\\u0000",
            "\\ud800",
            "\\udfff",
            "\ud83d",
            "\ude00",
            "\\x",
            "\u00fc",
            "{}",
            "[]",
            "\"a\":1,",
            "\"a\":null,",
            "{\"$oid\":\"5f5f5f5f5f5f5f5f5f5f5f5f\"}",
            "{\"$numberLong\":\"1\"}",
            "{\"$date\":1}",
            "{\"$undefined\":true}",
            "{\"$minKey\":1}",
            "{\"$date\":9223372036854775807}",
            "$oid",
            "$numberInt",
            "\"$type\"",
            "'",
            "/",
            "//",
            "\ufeff");

    private final Random random;

    public MutatedTexts(Random random) {
        this.random = random;
    }

    public String of(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int faults = random.nextInt(3) == 0 ? 3 : 1; faults > 0; faults--) {
            mutate(mutated);
        }
        return mutated.toString();
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3));
        switch (random.nextInt(7)) {
            case 0 -> text.setLength(at);
            case 1 -> text.delete(at, end);
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.replace(at, end, scrap());
            case 4 -> text.insert(at, scrap());
            case 5 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            default -> replaceUnit(text, at);
        }
    }

    private void replaceUnit(StringBuilder text, int at) {
        if (at < text.length()) {
            text.setCharAt(at, (char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
    }

    private String scrap() {
        return SCRAPS.get(random.nextInt(SCRAPS.size()));
    }
}
