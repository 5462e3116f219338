package dev.cdcdelta.worker.vault;

import dev.cdcdelta.worker.config.KeyPatterns;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The provider's settings, checked. */
record VaultSettings(Server server, Secrets secrets, Login login) {

    /** @param namespace empty where there is none */
    record Server(URI address, String namespace, Tls tls, Duration timeout, int attempts) {}

    /** @param truststore null for the certificates of the Java installation */
    record Tls(@Nullable Path truststore, @Nullable String password, List<String> protocols) {
        @Override
        public String toString() {
            return "Tls[truststore=" + truststore + ", protocols=" + protocols + "]";
        }
    }

    /**
     * @param timeToLive zero where the lease decides
     * @param increment zero where leases are taken as given
     */
    record Secrets(Engine engine, String mount, KeyPatterns allowed, Duration timeToLive, Duration increment) {}

    enum Engine {
        KV_V1,
        KV_V2,
        DYNAMIC
    }
}
