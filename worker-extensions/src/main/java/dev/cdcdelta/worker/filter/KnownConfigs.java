package dev.cdcdelta.worker.filter;

import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connector configurations as they are before a change, as far as the worker can tell. */
public record KnownConfigs(ConnectClusterState cluster) {
    private static final Logger LOG = LoggerFactory.getLogger(KnownConfigs.class);

    /**
     * @param connector null for one that is about to be created
     * @return empty where there is none: then every key counts as changed
     */
    Map<String, String> of(@Nullable String connector) {
        if (connector == null) {
            return Map.of();
        }
        try {
            return cluster.connectorConfig(connector);
        } catch (ConnectException e) {
            // PUT creates a connector too, and a worker that joins its group knows none: no reason to refuse the call.
            LOG.debug(
                    "The present configuration of connector {} is not known; the audit names all keys.", connector, e);
            return Map.of();
        }
    }
}
