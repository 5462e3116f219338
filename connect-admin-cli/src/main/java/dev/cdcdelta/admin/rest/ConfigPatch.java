package dev.cdcdelta.admin.rest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The change of a few keys of a connector. All others stay as they are written, references to secrets too: a configuration that was
 * read may have them masked, and must not be written back.
 */
public final class ConfigPatch {
    private final ConnectHttp http;

    public ConfigPatch(ConnectHttp http) {
        this.http = http;
    }

    /**
     * Changes them.
     *
     * @param changes a null takes the key out
     * @return false if there is no such connector
     */
    public boolean apply(String connector, Map<String, @Nullable String> changes) {
        return http.act("PATCH", "/connectors/" + ConnectHttp.segment(connector) + "/config", changes);
    }
}
