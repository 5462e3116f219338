package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.batch.FlushPolicy;
import dev.cdcdelta.sink.change.DocumentPolicy;
import dev.cdcdelta.sink.compact.CompactionPolicy;
import dev.cdcdelta.sink.compact.VacuumPolicy;
import dev.cdcdelta.sink.index.IndexPolicy;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.table.FileSizes;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * The whole configuration of a task.
 *
 * @param connector the connector's name, under which offsets are recorded
 * @param write how changes become rows of the tables of {@code table.name}
 */
public record SinkSettings(
        String connector,
        TableLayout layout,
        WritePolicy write,
        SchemaPolicy schema,
        DocumentPolicy documents,
        FlushPolicy flush,
        FileSizes files,
        PipelinePolicy pipeline,
        IndexPolicy index,
        CompactionPolicy compaction,
        VacuumPolicy vacuum,
        HadoopOptions hadoop) {
    /**
     * Reads the properties of a connector or a task.
     *
     * @throws ConfigException naming the key in question
     */
    public static SinkSettings parse(Map<String, String> properties) {
        for (Map.Entry<String, List<String>> found :
                new SettingsCheck(properties).errors().entrySet()) {
            throw new ConfigException(found.getKey() + ": " + String.join("; ", found.getValue()));
        }
        String connector = properties.get("name");
        if (connector == null) {
            throw new ConfigException("name", null, "the connector has no name; give it one");
        }
        SettingsReader reader = new SettingsReader(properties);
        return new SinkSettings(
                connector,
                reader.layout(),
                reader.write(),
                reader.schema(),
                reader.documents(),
                reader.flush(),
                reader.files(),
                reader.pipeline(),
                reader.index(),
                reader.compaction(),
                reader.vacuum(),
                reader.hadoop());
    }
}
