package dev.cdcdelta.worker.config;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Settings of the worker itself that would open a way around the extension. */
final class WorkerCheck {
    private WorkerCheck() {}

    static void check(Map<String, ?> worker) {
        checkListeners(worker);
        checkProtocol(worker);
        checkNames(worker);
    }

    /** Connect registers extensions with the main listeners only (RestServer.initializeResources). */
    private static void checkListeners(Map<String, ?> worker) {
        String listeners = text(worker.get("admin.listeners"));
        if (!listeners.isEmpty()) {
            throw new ConfigException(
                    "admin.listeners=" + listeners + " would serve the loggers without any check: Connect"
                            + " gives REST extensions no access to listeners of their own. Remove admin.listeners, so that"
                            + " /admin/loggers is served, and checked, on the main listener; or leave it empty to switch the loggers off.");
        }
    }

    /** Only with sessioned rebalancing do workers sign what they ask of each other. */
    private static void checkProtocol(Map<String, ?> worker) {
        String protocol = text(worker.get("connect.protocol"));
        if (!protocol.isEmpty() && !protocol.toLowerCase(Locale.ROOT).equals("sessioned")) {
            throw new ConfigException(
                    "connect.protocol=" + protocol + " leaves POST /connectors/{connector}/tasks open to"
                            + " everybody, since workers do not sign it then. Remove connect.protocol, or set it to sessioned.");
        }
    }

    private static void checkNames(Map<String, ?> worker) {
        for (String key : worker.keySet()) {
            if (key.startsWith(SecurityConfigDef.PREFIX)
                    && !key.startsWith(SecurityConfigDef.AUDIT_PRODUCER)
                    && !SecurityConfigDef.DEFINITION.names().contains(key)) {
                throw new ConfigException("The property " + key + " is unknown. Under " + SecurityConfigDef.PREFIX
                        + " only those of docs/reference/rest-security.md are: a mistyped one must not pass unnoticed."
                        + " Correct or remove it.");
            }
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString().strip();
    }
}
