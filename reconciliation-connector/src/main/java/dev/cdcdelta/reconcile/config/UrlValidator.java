package dev.cdcdelta.reconcile.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A URL. */
final class UrlValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        try {
            URI uri = new URI(String.valueOf(value));
            if (uri.getHost() == null || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                throw new ConfigException(name, value, "must be " + this);
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(name, value, "is no URL: " + e.getReason());
        }
    }

    @Override
    public String toString() {
        return "http://host:port or https://host:port";
    }
}
