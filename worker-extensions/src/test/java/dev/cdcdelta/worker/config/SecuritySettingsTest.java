package dev.cdcdelta.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecuritySettingsTest {
    @ParameterizedTest
    @CsvSource({
        "admin.listeners, http://0.0.0.0:9000, admin.listeners",
        "connect.protocol, compatible, connect.protocol",
        "connect.protocol, EAGER, connect.protocol",
        "rest.security.token.isuer, x, rest.security.token.isuer",
        "rest.security.token.algorithms, HS256, HS256",
        "rest.security.token.algorithms, none, none",
        "rest.security.jwks.url, http://idp.example/keys, https",
        "rest.security.jwks.url, '', Exactly one",
        "rest.security.jwks.file, /keys.json, Exactly one",
        "rest.security.jwks.refresh.ms, 1000, jwks.refresh.min.interval.ms",
        "rest.security.token.audience, '', audience",
        "rest.security.token.issuer, '', issuer",
        "rest.security.hop.secret, canary, 32",
        "rest.security.audit.key, canary, 32",
        "rest.security.health.open, perhaps, health.open",
    })
    void settingsThatLeaveADoorOpenEndTheWorker(String key, String value, String told) {
        assertThatThrownBy(() -> SecuritySettings.of(worker(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("canary");
    }

    @Test
    void loggersMayBeSwitchedOffAndSessionsNamed() {
        SecuritySettings settings = SecuritySettings.of(worker("admin.listeners", "", "connect.protocol", "sessioned"));
        assertThat(settings.token().algorithms()).containsExactlyInAnyOrder("RS256", "PS256", "ES256");
    }

    @Test
    void auditProducerTakesTheWorkersWayToTheBrokers() {
        SecuritySettings settings = SecuritySettings.of(worker(
                "bootstrap.servers", "b:9093",
                "security.protocol", "SSL",
                "ssl.truststore.password", "canary",
                "group.id", "g",
                "rest.security.audit.producer.security.protocol", "SASL_SSL"));
        assertThat(settings.audit().producer())
                .isEqualTo(Map.of(
                        "bootstrap.servers",
                        "b:9093",
                        "security.protocol",
                        "SASL_SSL",
                        "ssl.truststore.password",
                        "canary"));
        assertThat(settings.toString()).doesNotContain("canary");
    }

    private static Map<String, String> worker(String... settings) {
        Map<String, String> worker = new HashMap<>(Map.of(
                "rest.security.token.issuer", "https://idp.example",
                "rest.security.token.audience", "connect",
                "rest.security.jwks.url", "https://idp.example/keys"));
        for (int i = 0; i < settings.length; i += 2) {
            worker.put(settings[i], settings[i + 1]);
        }
        return worker;
    }
}
