package dev.cdcdelta.worker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the keys of tokens come from: a file or an address. */
public sealed interface KeySettings {
    record FromFile(Path file) implements KeySettings {}

    /**
     * @param refresh how long fetched keys hold
     * @param minimumInterval at most two fetches in this time
     * @param truststore null for the certificates of the Java installation
     */
    record FromUrl(
            URI url,
            Duration refresh,
            Duration minimumInterval,
            Duration timeout,
            @Nullable StoreSettings truststore) implements KeySettings {}

    /** A file of certificates, with the password that a PKCS12 or JKS store may have. */
    record StoreSettings(Path location, @Nullable String password) {
        @Override
        public String toString() {
            return location.toString();
        }
    }
}
