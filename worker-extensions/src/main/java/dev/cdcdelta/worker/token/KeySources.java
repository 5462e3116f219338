package dev.cdcdelta.worker.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.cdcdelta.worker.config.KeySettings;
import dev.cdcdelta.worker.tls.Truststore;
import java.net.MalformedURLException;
import java.net.URL;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Opens where the keys of tokens come from. */
final class KeySources {
    private static final int SIZE_LIMIT = 1 << 20;

    private KeySources() {}

    static JWKSource<SecurityContext> open(KeySettings settings) {
        return settings instanceof KeySettings.FromUrl url
                ? fetched(url)
                : new FileKeys(((KeySettings.FromFile) settings).file());
    }

    /** Never past their time: a cache that outlives an outage of the provider would outlive a withdrawn key too. */
    private static JWKSource<SecurityContext> fetched(KeySettings.FromUrl settings) {
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        SSLSocketFactory tls = tls(settings.truststore());
        DefaultResourceRetriever retriever = tls == null
                ? new DefaultResourceRetriever(timeout, timeout, SIZE_LIMIT)
                : new DefaultResourceRetriever(timeout, timeout, SIZE_LIMIT, true, tls);
        JWKSourceBuilder<SecurityContext> builder = JWKSourceBuilder.<SecurityContext>create(url(settings), retriever)
                .cache(settings.refresh().toMillis(), timeout * 3L)
                .refreshAheadCache(false);
        long interval = settings.minimumInterval().toMillis();
        return (interval == 0 ? builder.rateLimited(false) : builder.rateLimited(interval)).build();
    }

    private static @Nullable SSLSocketFactory tls(KeySettings.@Nullable StoreSettings store) {
        return store == null
                ? null
                : Truststore.context(store.location(), store.password()).getSocketFactory();
    }

    private static URL url(KeySettings.FromUrl settings) {
        try {
            return settings.url().toURL();
        } catch (MalformedURLException e) {
            throw new ConfigException("The address of the keys, " + settings.url() + ", cannot be used: "
                    + e.getMessage() + ". Correct rest.security.jwks.url.");
        }
    }
}
