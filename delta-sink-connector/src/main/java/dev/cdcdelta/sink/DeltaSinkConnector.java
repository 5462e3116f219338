package dev.cdcdelta.sink;

import dev.cdcdelta.sink.config.SettingsCheck;
import dev.cdcdelta.sink.config.SinkConfigDef;
import dev.cdcdelta.sink.config.SinkSettings;
import dev.cdcdelta.sink.config.StorageCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes MongoDB's change events into Delta tables, exactly once. */
public final class DeltaSinkConnector extends SinkConnector {
    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return SinkVersion.get();
    }

    @Override
    public ConfigDef config() {
        return SinkConfigDef.definition();
    }

    /** Each mistake is reported at the key that is to be changed. */
    @Override
    public Config validate(Map<String, String> candidate) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        super.validate(candidate).configValues().forEach(value -> values.put(value.name(), value));
        new SettingsCheck(candidate).errors().forEach((key, messages) -> {
            ConfigValue value = values.computeIfAbsent(key, ConfigValue::new);
            messages.forEach(value::addErrorMessage);
        });
        if (values.values().stream().allMatch(value -> value.errorMessages().isEmpty())) {
            StorageCheck.problem(candidate)
                    .ifPresent(problem -> values.computeIfAbsent(SinkConfigDef.WAREHOUSE, ConfigValue::new)
                            .addErrorMessage(problem));
        }
        return new Config(new ArrayList<>(values.values()));
    }

    @Override
    public void start(Map<String, String> given) {
        SinkSettings.parse(given);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DeltaSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }
}
