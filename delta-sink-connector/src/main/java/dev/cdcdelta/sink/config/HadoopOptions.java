package dev.cdcdelta.sink.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Settings of the file systems, without the prefix. Its text hides secrets, so that it may be logged. */
public record HadoopOptions(Map<String, String> values) {
    private static final String[] SECRET_WORDS = {"secret", "password", "token", "key", "credential"};

    public HadoopOptions {
        values = Map.copyOf(values);
    }

    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String word : SECRET_WORDS) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name, isSecret(name) ? "[hidden]" : value));
        return shown.toString();
    }
}
