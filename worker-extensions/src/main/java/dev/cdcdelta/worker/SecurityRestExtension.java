package dev.cdcdelta.worker;

import dev.cdcdelta.worker.access.AccessCheck;
import dev.cdcdelta.worker.audit.AuditLog;
import dev.cdcdelta.worker.config.SecuritySettings;
import dev.cdcdelta.worker.filter.AuditFilter;
import dev.cdcdelta.worker.filter.Checks;
import dev.cdcdelta.worker.filter.KnownConfigs;
import dev.cdcdelta.worker.filter.MaskInterceptor;
import dev.cdcdelta.worker.filter.SecurityFilter;
import dev.cdcdelta.worker.mask.AnswerMask;
import dev.cdcdelta.worker.token.TokenCheck;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Configurable;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.jspecify.annotations.Nullable;

/**
 * Puts a worker's REST API behind bearer tokens, three roles and an audit log. Switched on with
 * {@code rest.extension.classes=dev.cdcdelta.worker.SecurityRestExtension}; its settings begin with {@code rest.security.}
 * (docs/reference/rest-security.md).
 */
public final class SecurityRestExtension implements ConnectRestExtension {
    private @Nullable SecuritySettings settings;
    private @Nullable AuditLog audit;

    /** @throws ConfigException which ends the worker: it does not start with an API that is open by mistake */
    @Override
    public void configure(Map<String, ?> worker) {
        settings = SecuritySettings.of(worker);
    }

    @Override
    public void register(ConnectRestExtensionContext context) {
        if (settings == null) {
            throw new ConnectException("The REST security extension is registered before it has its settings.");
        }
        Clock clock = Clock.systemUTC();
        AuditLog log = AuditLog.open(settings.audit(), clock);
        audit = log;
        Checks checks = new Checks(
                TokenCheck.of(settings.token(), settings.keys()),
                new AccessCheck(settings.rules()),
                settings.requests());
        Configurable<? extends Configurable<?>> rest = context.configurable();
        rest.register(
                new SecurityFilter(checks, new KnownConfigs(context.clusterState()), clock), Priorities.AUTHENTICATION);
        rest.register(new AuditFilter(log));
        rest.register(new MaskInterceptor(new AnswerMask(settings.masked())));
    }

    @Override
    public void close() {
        if (audit != null) {
            audit.close();
        }
    }

    @Override
    public String version() {
        return Optional.ofNullable(SecurityRestExtension.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
