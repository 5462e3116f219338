package dev.cdcdelta.sink.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mistakes in a configuration, by the key that is to be changed. */
final class Findings {
    private final Map<String, List<String>> messages = new LinkedHashMap<>();

    void add(String key, String message) {
        messages.computeIfAbsent(key, name -> new ArrayList<>()).add(message);
    }

    Map<String, List<String>> byKey() {
        return messages;
    }
}
