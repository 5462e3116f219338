package dev.cdcdelta.reconcile.config;

import dev.cdcdelta.sink.config.Choice;
import dev.cdcdelta.sink.config.KeyGroup;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What becomes of findings. */
final class OutputKeys {
    private OutputKeys() {}

    static void define(ConfigDef definition) {
        repair(new KeyGroup(definition, "Repair"));
        output(new KeyGroup(definition, "Output"));
    }

    private static void repair(KeyGroup group) {
        group.key(
                        ReconcileConfigDef.REPAIR,
                        Type.STRING,
                        "off",
                        Choice.of("off", "plan", "apply"),
                        Importance.HIGH,
                        "`off`: findings are told. `plan`: and what would be done about them. `apply`: change events go into the"
                                + " pipeline's own topic, and their effect is verified.",
                        "Repair")
                .key(
                        ReconcileConfigDef.MAX_REPAIRS,
                        Type.INT,
                        1_000,
                        ConfigDef.Range.atLeast(0),
                        Importance.HIGH,
                        "The most repairs of one task in one run of a collection. A range whose findings would go beyond it is not"
                                + " repaired.",
                        "Most repairs")
                .key(
                        ReconcileConfigDef.MAX_REPAIR_SHARE,
                        Type.DOUBLE,
                        0.1,
                        ConfigDef.Range.between(0, 1),
                        Importance.HIGH,
                        "The share of a range's documents above which it is not repaired: so many wrong ones are another fault, such as a"
                                + " wrong table. A range of fewer than 100 documents counts as one of 100.",
                        "Share breaker");
    }

    private static void output(KeyGroup group) {
        topic(
                group,
                ReconcileConfigDef.FINDINGS_TOPIC,
                "reconciliation.findings",
                "The topic of findings, one record each.",
                "Findings topic");
        topic(
                group,
                ReconcileConfigDef.REPORT_TOPIC,
                "reconciliation.reports",
                "The topic of reports, one record for each run and collection.",
                "Report topic");
        topic(
                group,
                ReconcileConfigDef.PROGRESS_TOPIC,
                "reconciliation.progress",
                "The topic of progress, one record for each range that is done.",
                "Progress topic");
        topic(
                group,
                ReconcileConfigDef.PLAN_TOPIC,
                "reconciliation.plans",
                "The compacted topic that keeps the plan of the run; one for each connector.",
                "Plan topic");
        group.key(
                ReconcileConfigDef.REDACTION,
                Type.STRING,
                "values",
                Choice.of("none", "values", "keys"),
                Importance.MEDIUM,
                "`values`: findings name the paths that differ, not what stands there; `keys`: and the `_id` is replaced by its SHA-256;"
                        + " `none`: findings show both values.",
                "Redaction");
    }

    private static void topic(KeyGroup group, String key, String name, String documentation, String display) {
        group.key(key, Type.STRING, name, new NonEmpty(), Importance.LOW, documentation, display);
    }
}
