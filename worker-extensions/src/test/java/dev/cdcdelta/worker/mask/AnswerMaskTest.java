package dev.cdcdelta.worker.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.worker.config.KeyPatterns;
import dev.cdcdelta.worker.route.Content;
import dev.cdcdelta.worker.token.Caller;
import dev.cdcdelta.worker.token.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerMaskTest {
    private final AnswerMask mask = new AnswerMask(KeyPatterns.of(List.of("shop.pin")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hadoop.fs.s3a.secret.key",
                "hadoop.fs.s3a.access.key",
                "database.password",
                "sasl.jaas.config",
                "mongodb.connection.string",
                "value.converter.basic.auth.user.info",
                "auth.TOKEN",
                "ssl.keystore.key",
                "shop.pin"
            })
    void secretValuesAreHiddenFromAnalysts(String key) throws Exception {
        String answer = "{\"name\":\"a\",\"config\":{\"" + key + "\":\"canary\",\"topics\":\"t\"}}";
        assertThat(apply(Content.CONFIGURATION, Role.ANALYST, answer))
                .doesNotContain("canary")
                .contains("\"topics\":\"t\"");
        assertThat(apply(Content.CONFIGURATION, Role.ADMINISTRATOR, answer)).isEqualTo(answer);
    }

    @Test
    void referencesAreNoSecretsAndPasswordsInAddressesAre() throws Exception {
        assertThat(
                        apply(
                                Content.CONFIGURATION,
                                Role.OPERATOR,
                                "[{\"config\":{\"a.password\":\"${vault:x:y}\",\"uri\":\"mongodb://u:can@ry@h/\",\"p.secret\":\"x${vault:x:y}\"}}]"))
                .isEqualTo(
                        "[{\"config\":{\"a.password\":\"${vault:x:y}\",\"uri\":\"mongodb://u:[hidden]@h/\",\"p.secret\":\"[hidden]\"}}]");
    }

    @Test
    void connectorsOutsideTheScopeAreNotListed() throws Exception {
        assertThat(apply(Content.CONNECTORS, Role.ADMINISTRATOR, "[\"sales-a\",\"stock\"]"))
                .isEqualTo("[\"sales-a\"]");
        assertThat(apply(
                        Content.CONNECTORS,
                        Role.ANALYST,
                        "{\"sales-a\":{\"info\":{\"config\":{\"x.password\":\"canary\"}}},\"stock\":{}}"))
                .isEqualTo("{\"sales-a\":{\"info\":{\"config\":{\"x.password\":\"[hidden]\"}}}}");
    }

    @Test
    void validationTellsReferencesInsteadOfWhatTheyResolvedTo() throws Exception {
        String answer =
                "{\"configs\":[{\"definition\":{\"name\":\"url\"},\"value\":{\"name\":\"url\",\"value\":\"db://can-ary:7\","
                        + "\"errors\":[\"no host can-ary here\"]}},{\"value\":{\"name\":\"other\",\"value\":\"kept\",\"errors\":[]}}]}";
        String masked = new String(
                mask.apply(
                        Content.VALIDATION,
                        caller(Role.ADMINISTRATOR),
                        Map.of("url", "db://${vault:db:host}:7", "other", "kept"),
                        answer.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        assertThat(masked)
                .doesNotContain("can-ary")
                .contains("\"value\":\"db://${vault:db:host}:7\"", "no host [hidden] here", "\"value\":\"kept\"");
    }

    @Test
    void errorsDoNotQuoteWhatAProviderGave() throws Exception {
        String answer =
                "{\"error_code\":400,\"message\":\"2 errors\\nInvalid value canary for configuration tasks.max: Not a"
                        + " number\\nInvalid value 9 for configuration size: too large\"}";
        String masked = new String(
                mask.apply(
                        Content.CONFIGURATION,
                        caller(Role.ADMINISTRATOR),
                        Map.of("tasks.max", "${vault:a:b}", "size", "9"),
                        answer.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        assertThat(masked)
                .doesNotContain("canary")
                .contains(
                        "Invalid value [hidden] for configuration tasks.max", "Invalid value 9 for configuration size");
    }

    @Test
    void answersThatCannotBeMaskedAreNotGiven() {
        assertThatThrownBy(() -> apply(Content.CONFIGURATION, Role.ANALYST, "password=canary"))
                .isInstanceOf(IOException.class);
    }

    private String apply(Content content, Role role, String answer) throws IOException {
        return new String(
                mask.apply(content, caller(role), Map.of(), answer.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    private static Caller caller(Role role) {
        return new Caller("ada", role, new Caller.Scope(KeyPatterns.of(List.of("sales*")), false));
    }
}
