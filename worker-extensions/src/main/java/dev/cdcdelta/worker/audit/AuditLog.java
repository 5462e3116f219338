package dev.cdcdelta.worker.audit;

import dev.cdcdelta.worker.config.AuditSettings;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each event once, to the logger and to the topic where there is one. Safe for many threads. */
public final class AuditLog implements AutoCloseable {
    /** For a file of its own, give this logger an appender. */
    public static final String LOGGER = "dev.cdcdelta.worker.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final AuditChain chain;
    private final Clock clock;
    private final @Nullable AuditTopic topic;

    private AuditLog(AuditChain chain, Clock clock, @Nullable AuditTopic topic) {
        this.chain = chain;
        this.clock = clock;
        this.topic = topic;
    }

    public static AuditLog open(AuditSettings settings, Clock clock) {
        String name = settings.chain() + "/" + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "/"
                + UUID.randomUUID().toString().substring(0, 8);
        return new AuditLog(
                new AuditChain(name, settings.key()),
                clock,
                settings.topic().isEmpty() ? null : AuditTopic.open(settings));
    }

    public synchronized void write(AuditEvent event) {
        write(chain.next(event));
    }

    @Override
    public synchronized void close() {
        write(chain.close(clock.instant()));
        if (topic != null) {
            topic.close();
        }
    }

    private void write(String line) {
        LOG.info("{}", line);
        if (topic != null) {
            topic.send(chain.name(), line);
        }
    }
}
