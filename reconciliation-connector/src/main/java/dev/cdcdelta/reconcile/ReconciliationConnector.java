package dev.cdcdelta.reconcile;

import dev.cdcdelta.reconcile.config.ReconcileConfigDef;
import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.run.Coordinator;
import dev.cdcdelta.reconcile.run.PlanStore;
import dev.cdcdelta.reconcile.run.RunPlan;
import dev.cdcdelta.sink.SinkVersion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/** Holds tables against the collections that they came from, and tells where they differ. */
public final class ReconciliationConnector extends SourceConnector {
    private Map<String, String> properties = Map.of();
    private @Nullable Coordinator coordinator;
    private @Nullable ConnectorThread thread;

    @Override
    public String version() {
        return SinkVersion.get();
    }

    @Override
    public ConfigDef config() {
        return ReconcileConfigDef.definition();
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public void start(Map<String, String> given) {
        properties = Map.copyOf(given);
        ReconcileSettings settings = ReconcileSettings.parse(given);
        PlanStore store =
                new PlanStore(settings.pipeline().kafka(), settings.topics().plan(), settings.name());
        ConnectorThread[] own = new ConnectorThread[1];
        Coordinator made = new Coordinator(settings, context(), store, Clock.systemUTC(), time -> own[0].pause(time));
        own[0] = new ConnectorThread(
                "reconciliation-" + settings.name(),
                made,
                reason -> context().raiseError(new ConnectException("No run can be begun: " + reason, reason)));
        coordinator = made;
        thread = own[0];
        own[0].start();
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ReconciliationTask.class;
    }

    /** None while there is no run. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        Optional<RunPlan> plan = coordinator == null ? Optional.empty() : coordinator.current();
        if (plan.isEmpty()) {
            return List.of();
        }
        int count = Math.max(1, Math.min(maxTasks, plan.get().ranges()));
        List<Map<String, String>> configs = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Map<String, String> config = new HashMap<>(properties);
            config.put(ReconciliationTask.RUN, plan.get().run());
            config.put(ReconciliationTask.INDEX, Integer.toString(index));
            config.put(ReconciliationTask.COUNT, Integer.toString(count));
            configs.add(config);
        }
        return configs;
    }

    @Override
    public void stop() {
        if (thread != null) {
            thread.stop();
        }
        properties = Map.of();
    }
}
