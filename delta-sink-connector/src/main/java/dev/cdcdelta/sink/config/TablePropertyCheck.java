package dev.cdcdelta.sink.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Delta table properties that the connector or Kernel cannot live with. */
final class TablePropertyCheck {
    static final String DELETED_FILE_RETENTION = SinkConfigDef.TABLE_PROPERTIES + "delta.deletedFileRetentionDuration";

    /** Delta Kernel refuses these; what begins with one of them, too. */
    private static final List<String> REFUSED = List.of(
            "delta.autoOptimize",
            "delta.targetFileSize",
            "delta.isolationLevel",
            "delta.setTransactionRetentionDuration",
            "delta.constraints.");

    private final Map<String, String> properties;

    TablePropertyCheck(Map<String, String> properties) {
        this.properties = properties;
    }

    void check(Findings findings) {
        Map<String, String> fixed = fixed();
        properties.forEach((key, value) -> {
            if (key.startsWith(SinkConfigDef.TABLE_PROPERTIES)) {
                check(key, value, fixed, findings);
            }
        });
    }

    private static void check(String key, String value, Map<String, String> fixed, Findings findings) {
        String property = key.substring(SinkConfigDef.TABLE_PROPERTIES.length());
        if (property.isEmpty()) {
            findings.add(key, "names no table property; write the name behind the dot");
        }
        if (REFUSED.stream().anyMatch(refused -> startsWithIgnoringCase(property, refused))) {
            findings.add(key, "Delta Kernel does not write tables with this property; take it out");
        }
        fixed.forEach((name, required) -> {
            if (property.equalsIgnoreCase(name) && !required.equalsIgnoreCase(value)) {
                findings.add(key, "must be " + required + ", for the connector relies on it; take it out");
            }
        });
        boolean isInterval = property.toLowerCase(Locale.ROOT).endsWith("retentionduration");
        if (isInterval && DeltaInterval.parse(value).isEmpty()) {
            findings.add(key, "is no interval as Delta writes them; write 'interval 7 days', for example");
        }
    }

    /** The engine needs these as they are. */
    private Map<String, String> fixed() {
        Map<String, String> fixed = new HashMap<>();
        fixed.put("delta.columnMapping.mode", "none");
        if (!is(SinkConfigDef.WRITE_MODE, "append")) {
            fixed.put("delta.appendOnly", "false");
        }
        if (!is(SinkConfigDef.MERGE_MODE, "copy-on-write")) {
            fixed.put("delta.enableDeletionVectors", "true");
        }
        if (properties.containsKey(SinkConfigDef.WRITE_MODE) && !is(SinkConfigDef.WRITE_MODE, "upsert")) {
            fixed.put("delta.enableChangeDataFeed", "false");
        }
        return fixed;
    }

    private boolean is(String key, String value) {
        return value.equalsIgnoreCase(properties.get(key));
    }

    private static boolean startsWithIgnoringCase(String text, String start) {
        return text.toLowerCase(Locale.ROOT).startsWith(start.toLowerCase(Locale.ROOT));
    }
}
