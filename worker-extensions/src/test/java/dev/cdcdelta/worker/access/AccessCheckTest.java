package dev.cdcdelta.worker.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.worker.config.KeyPatterns;
import dev.cdcdelta.worker.config.RuleSettings;
import dev.cdcdelta.worker.route.Content;
import dev.cdcdelta.worker.route.Match;
import dev.cdcdelta.worker.route.RouteTable;
import dev.cdcdelta.worker.token.Caller;
import dev.cdcdelta.worker.token.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {
    private static final Caller ADMINISTRATOR = caller(Role.ADMINISTRATOR, "*");
    private static final Match PUT_CONFIG = match("PUT", "/connectors/sales/config");

    @ParameterizedTest
    @CsvSource({
        "GET,    /connectors/sales/status,  ANALYST,       true",
        "PUT,    /connectors/sales/pause,   ANALYST,       false",
        "PUT,    /connectors/sales/pause,   OPERATOR,      true",
        "DELETE, /connectors/sales,         OPERATOR,      false",
        "DELETE, /connectors/sales,         ADMINISTRATOR, true",
        "GET,    /connectors/stock/status,  ADMINISTRATOR, false",
        "GET,    /admin/loggers,            ADMINISTRATOR, false",
        "GET,    /connectors,               ANALYST,       true",
    })
    void roleAndScopeDecide(String method, String path, Role role, boolean passes) {
        assertThat(check(false)
                        .checkPath(caller(role, "sales*"), match(method, path))
                        .isEmpty())
                .isEqualTo(passes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"consumer.override.sasl.jaas.config\":\"x\"}",
                "{\"producer.override.client.id\":\"x\"}",
                "{\"a\":\"${file:/etc/passwd:root}\"}",
                "{\"a\":\"x${env:AWS_SECRET}y\"}",
                "{\"a\":\"${vault:ok:k}${directory:/etc:passwd}\"}"
            })
    void deniedKeysAndProvidersArePassedByNobody(String body) {
        Optional<Refusal> refusal = check(false).checkBody(ADMINISTRATOR, PUT_CONFIG, body(body));
        assertThat(refusal).isPresent();
        assertThat(refusal.get().reason()).doesNotContain("passwd").doesNotContain("AWS_SECRET");
        assertThat(check(true).checkBody(ADMINISTRATOR, PUT_CONFIG, body(body))).isEmpty();
    }

    @Test
    void whatIsAllowedPasses() {
        String body =
                "{\"consumer.override.isolation.level\":\"read_committed\",\"a\":\"${vault:secret/db:password}\"}";
        assertThat(check(false).checkBody(ADMINISTRATOR, PUT_CONFIG, body(body)))
                .isEmpty();
    }

    @Test
    void deniedKeyMayBeRemoved() {
        RequestBody patch = RequestBody.parse(
                        Content.PATCH, "{\"producer.override.client.id\":null}".getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(check(false).checkBody(ADMINISTRATOR, match("PATCH", "/connectors/sales/config"), patch))
                .isEmpty();
    }

    @Test
    void operatorPatchesTriggersAlone() {
        Match patch = match("PATCH", "/connectors/sales/config");
        Caller operator = caller(Role.OPERATOR, "*");
        assertThat(check(false).checkBody(operator, patch, body("{\"run.id\":\"7\"}")))
                .isEmpty();
        assertThat(check(false).checkBody(operator, patch, body("{\"run.id\":\"7\",\"topics\":\"x\"}")))
                .isPresent();
    }

    @Test
    void newConnectorMustLieInTheScope() {
        Match post = match("POST", "/connectors");
        Caller caller = caller(Role.ADMINISTRATOR, "sales*");
        assertThat(check(false).checkBody(caller, post, creation("{\"name\":\"sales-a\",\"config\":{}}")))
                .isEmpty();
        assertThat(check(false).checkBody(caller, post, creation("{\"name\":\"stock\",\"config\":{}}")))
                .isPresent();
        assertThat(check(false).checkBody(caller, post, creation("{\"config\":{}}")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":{}}", "{\"a\":\"1\",\"a\":\"2\"}", "{} {}", "{", "7"})
    void bodiesThatCouldBeReadInTwoWaysAreRefused(String body) {
        assertThat(RequestBody.parse(Content.CONFIGURATION, body.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void changedKeysAreThoseThatDiffer() {
        assertThat(ChangedKeys.of(
                        Content.CONFIGURATION,
                        Map.of("name", "n", "a", "1", "b", "2", "c", "3"),
                        Map.of("a", "1", "b", "x", "d", "4")))
                .containsExactly("b", "c", "d");
        assertThat(ChangedKeys.of(Content.PATCH, Map.of("a", "1", "b", "2"), Map.of("b", "", "a", "1")))
                .containsExactly("b");
    }

    private static AccessCheck check(boolean exempt) {
        return new AccessCheck(new RuleSettings(
                Set.of("vault"),
                KeyPatterns.of(List.of("*.override.*")),
                KeyPatterns.of(List.of("consumer.override.isolation.level")),
                Set.of("run.id"),
                exempt));
    }

    private static Caller caller(Role role, String scope) {
        return new Caller("ada", role, new Caller.Scope(KeyPatterns.of(List.of(scope)), scope.equals("*")));
    }

    private static Match match(String method, String path) {
        return RouteTable.find(method, path).orElseThrow();
    }

    private static RequestBody body(String json) {
        return RequestBody.parse(Content.CONFIGURATION, json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static RequestBody creation(String json) {
        return RequestBody.parse(Content.CREATION, json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
