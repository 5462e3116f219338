package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.routing.TableName;
import dev.cdcdelta.sink.routing.TopicPattern;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Where tables are and what they are like. */
final class TableKeys {
    private TableKeys() {}

    static void define(ConfigDef definition) {
        KeyGroup group = new KeyGroup(definition, "Tables")
                .key(
                        SinkConfigDef.WAREHOUSE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new WarehouseValidator(),
                        Importance.HIGH,
                        "The place of all tables: `s3a://bucket/path`, or `file:///path` for a directory that all workers share."
                                + " `abfss://container@account.dfs.core.windows.net/path` and `gs://bucket/path` take jars that are"
                                + " not in the plugin; the page on storages (`docs/how-to/storage.md`) tells which.",
                        "Warehouse")
                .key(
                        SinkConfigDef.TABLE_NAME,
                        Type.STRING,
                        TableName.DEFAULT,
                        new TableNameValidator(),
                        Importance.HIGH,
                        "The path of a topic's table in the warehouse. `${topic}` stands for the topic's name, the name of a group of"
                                + " `topic.pattern` for what that group matches, such as `${database}` and `${collection}`, and `${field}` for"
                                + " the value of `table.name.field`. A record that names no table is refused, and `errors.tolerance` says"
                                + " what becomes of it.",
                        "Table name")
                .key(
                        SinkConfigDef.TOPIC_PATTERN,
                        Type.STRING,
                        TopicPattern.DEBEZIUM,
                        new TopicPatternValidator(),
                        Importance.MEDIUM,
                        "A regular expression that the whole name of a topic matches. Each named group is a variable of `table.name`."
                                + " The default reads the names that Debezium's MongoDB connector gives:"
                                + " `<prefix>.<database>.<collection>`.",
                        "Topic pattern")
                .key(
                        SinkConfigDef.TABLE_NAME_FIELD,
                        Type.STRING,
                        null,
                        new FieldPathValidator(),
                        Importance.LOW,
                        "A field of the document, such as `tenant` or `address.country`, whose value is `${field}` in `table.name`. A"
                                + " document must keep that value all its life, or it stays in the table of the old one. A delete event tells"
                                + " the value only where it carries the image before (Debezium's `capture.mode=…_with_pre_image`, no"
                                + " SchemaEvolution transform in between) or the field is part of `_id`; else it is refused. Reading begins"
                                + " where the consumer group stands, not where the tables do.",
                        "Field of the table name");
        group.key(
                        SinkConfigDef.APPEND_TABLE_NAME,
                        Type.STRING,
                        null,
                        new TableNameValidator(),
                        Importance.MEDIUM,
                        "The path of a second table, with the variables of `table.name`, to which every event is appended as a row"
                                + " (`write.mode=append`), fed from the same pass over the topic.",
                        "Append table name")
                .key(
                        SinkConfigDef.PARTITION_BY,
                        Type.LIST,
                        List.of(),
                        new ColumnListValidator(8, false),
                        Importance.MEDIUM,
                        "Columns by whose values the tables that the connector creates are partitioned. Few values each, please; a"
                                + " document without the field goes to the partition of null.",
                        "Partition columns")
                .key(
                        SinkConfigDef.CLUSTER_BY,
                        Type.LIST,
                        List.of(),
                        new ColumnListValidator(4, true),
                        Importance.LOW,
                        "Clustering columns of the tables that the connector creates (liquid clustering). Not together with"
                                + " `table.partition.by`.",
                        "Clustering columns")
                .key(
                        SinkConfigDef.STORAGE_VALIDATE,
                        Type.BOOLEAN,
                        false,
                        null,
                        Importance.LOW,
                        "Whether the validation of a configuration tries the warehouse out: reachable, writable, and creating a file only"
                                + " once (a conditional PUT). Every task does so when it starts, anyway.",
                        "Validate the storage");
    }
}
