package dev.cdcdelta.reconcile.config;

import dev.cdcdelta.sink.config.Choice;
import dev.cdcdelta.sink.config.KeyGroup;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** When runs begin, how they go about it and what they may cost. */
final class RunKeys {
    private RunKeys() {}

    static void define(ConfigDef definition) {
        runs(new KeyGroup(definition, "Runs"));
        load(new KeyGroup(definition, "Load"));
    }

    private static void runs(KeyGroup group) {
        group.key(
                        ReconcileConfigDef.MODE,
                        Type.STRING,
                        "fast",
                        Choice.of("fast", "deep"),
                        Importance.HIGH,
                        "`fast` trusts the hash that is stored with a row; `deep` computes it anew from the row's columns, and so finds"
                                + " what another program changed in them.",
                        "Mode")
                .key(
                        ReconcileConfigDef.DEEP_SAMPLE,
                        Type.DOUBLE,
                        0.01,
                        ConfigDef.Range.between(0, 1),
                        Importance.LOW,
                        "The share of data files that `fast` reads as `deep` does, others in each run. Where a document seems wrong, its"
                                + " row is always read so.",
                        "Deep sample")
                .key(
                        ReconcileConfigDef.RUN_ID,
                        Type.STRING,
                        "",
                        null,
                        Importance.MEDIUM,
                        "A new text here begins a run of that name, once: `PATCH /connectors/{name}/config`.",
                        "Run")
                .key(
                        ReconcileConfigDef.SIGNAL_TOPIC,
                        Type.STRING,
                        "reconciliation.signals",
                        new NonEmpty(),
                        Importance.LOW,
                        "A topic of one partition: a record whose key is this connector's name and whose value is"
                                + " `{\"type\":\"run\",\"run\":\"NAME\"}` begins a run of that name once no other is under way.",
                        "Signal topic")
                .key(
                        ReconcileConfigDef.SCHEDULE,
                        Type.STRING,
                        "",
                        new CronValidator(),
                        Importance.MEDIUM,
                        "When runs begin by themselves, as a line of cron (minute, hour, day of month, month, day of week). Empty: never.",
                        "Schedule")
                .key(
                        ReconcileConfigDef.TIME_ZONE,
                        Type.STRING,
                        "UTC",
                        new ZoneValidator(),
                        Importance.LOW,
                        "The time zone of `schedule`, such as `Europe/Berlin`.",
                        "Time zone")
                .key(
                        ReconcileConfigDef.RANGE_DOCUMENTS,
                        Type.INT,
                        20_000,
                        ConfigDef.Range.between(1, 1_000_000),
                        Importance.LOW,
                        "The most documents of a range when the plan is made. What is done of a run is kept range by range.",
                        "Documents a range")
                .key(
                        ReconcileConfigDef.RANGE_TIME,
                        Type.LONG,
                        60_000L,
                        ConfigDef.Range.atLeast(100),
                        Importance.LOW,
                        "How long the reading of a range may take at `load.max.documents.per.second`; ranges are planned smaller to fit.",
                        "Time a range")
                .key(
                        ReconcileConfigDef.RECHECK_ROUNDS,
                        Type.INT,
                        6,
                        ConfigDef.Range.between(2, 100),
                        Importance.LOW,
                        "How often a document that seems wrong is looked at before it is called `hot`. Two rounds in a row with the same"
                                + " difference, each behind a barrier of its own, make a finding.",
                        "Rounds of rechecks")
                .key(
                        ReconcileConfigDef.MAX_FINDINGS,
                        Type.INT,
                        10_000,
                        ConfigDef.Range.between(1, 1_000_000),
                        Importance.MEDIUM,
                        "The most documents of a collection that a task looks at one by one in a run. What is beyond them is counted in the"
                                + " report as `unexamined`, and the verdict is not clean.",
                        "Most findings");
    }

    private static void load(KeyGroup group) {
        group.key(
                        ReconcileConfigDef.MAX_DOCUMENTS_PER_SECOND,
                        Type.LONG,
                        0L,
                        ConfigDef.Range.atLeast(0),
                        Importance.MEDIUM,
                        "The most documents that a task reads from MongoDB in a second. 0: no limit.",
                        "Documents a second")
                .key(
                        ReconcileConfigDef.MAX_BYTES_PER_SECOND,
                        Type.LONG,
                        0L,
                        ConfigDef.Range.atLeast(0),
                        Importance.MEDIUM,
                        "The most bytes of BSON that a task reads from MongoDB in a second. 0: no limit.",
                        "Bytes a second")
                .key(
                        ReconcileConfigDef.MAX_LAG,
                        Type.LONG,
                        100_000L,
                        ConfigDef.Range.atLeast(0),
                        Importance.MEDIUM,
                        "While the sink is more than so many records behind the collection's topic, no range is begun; after"
                                + " `barrier.timeout.ms` the run ends as `failed`. 0: lag is not looked at.",
                        "Most lag");
    }
}
