package dev.cdcdelta.worker.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.cdcdelta.worker.config.SecuritySettings;
import dev.cdcdelta.worker.identity.IdentityProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenCheckTest {
    private IdentityProvider provider;

    @BeforeEach
    void start() throws Exception {
        provider = IdentityProvider.start();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void tokenOfTheProviderNamesItsBearerAndTheHighestRole() {
        assertThat(check().check(provider.token("ada", "analyst", "operator", "unrelated")))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                    assertThat(accepted.caller().name()).isEqualTo("ada");
                    assertThat(accepted.caller().role()).isEqualTo(Role.OPERATOR);
                    assertThat(accepted.caller().scope().isWhole()).isTrue();
                });
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("expired", 401, IdentityProvider::expiredToken),
                refused("other issuer", 401, IdentityProvider::tokenOfOtherIssuer),
                refused("unsigned", 401, IdentityProvider::unsignedToken),
                refused("public key as secret", 401, IdentityProvider::tokenSignedWithPublicKey),
                refused("no token at all", 401, idp -> "canary-nonsense"),
                refused("other audience", 401, idp -> idp.token(claims().audience("mail"))),
                refused("no audience", 401, idp -> idp.token(claims().audience(List.of()))),
                refused("no expiry", 401, idp -> idp.token(claims().expirationTime(null))),
                refused(
                        "not yet valid",
                        401,
                        idp -> idp.token(
                                claims().notBeforeTime(Date.from(Instant.now().plusSeconds(600))))),
                refused("no subject", 401, idp -> idp.token(claims().subject(null))),
                refused("no role", 403, idp -> idp.token("ada", "reader")),
                refused("changed", 401, idp -> {
                    String[] parts = idp.token("ada", "analyst").split("\\.");
                    String[] others = idp.token("ada", "administrator").split("\\.");
                    return parts[0] + "." + others[1] + "." + parts[2];
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void tokensThatAreNotWhatWasAskedForAreRefused(String name, int status, Function<IdentityProvider, String> token) {
        String text = token.apply(provider);
        assertThat(check().check(text)).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.reason()).doesNotContain(text).doesNotContain("canary");
        });
    }

    @Test
    void clocksMayDifferBySoMuchAndNoMore() {
        TokenCheck check = check("rest.security.token.clock.skew.ms", "120000");
        assertThat(check.check(provider.token(claims().expirationTime(ago(60)))))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(check.check(provider.token(claims().expirationTime(ago(180)))))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void rotatedKeyIsFetchedWhenATokenNamesIt() {
        TokenCheck check = check();
        String old = provider.token("ada", "analyst");
        assertThat(check.check(old)).isInstanceOf(Verdict.Accepted.class);
        provider.rotate("second", true);
        assertThat(check.check(provider.token("ada", "analyst"))).isInstanceOf(Verdict.Accepted.class);
        assertThat(check.check(old)).as("its key was withdrawn").isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void unknownKeysDoNotMakeTheWorkerFloodTheProvider() {
        TokenCheck check = check(
                "rest.security.jwks.refresh.min.interval.ms", "3600000", "rest.security.jwks.refresh.ms", "7200000");
        assertThat(check.check(provider.token("ada", "analyst"))).isInstanceOf(Verdict.Accepted.class);
        try (IdentityProvider stranger = IdentityProvider.start()) {
            stranger.rotate("stranger", true);
            for (int i = 0; i < 20; i++) {
                assertThat(check.check(stranger.token("eve", "administrator")))
                        .isInstanceOfSatisfying(
                                Verdict.Refused.class,
                                refused -> assertThat(refused.status()).isEqualTo(401));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(provider.fetches()).isLessThanOrEqualTo(3);
        assertThat(check.check(provider.token("ada", "analyst"))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void withoutKeysNobodyGetsIn() {
        provider.answerWith(500);
        assertThat(check().check(provider.token("ada", "analyst")))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(503));
    }

    @Test
    void keysOfAFileCountFromTheNextCallOn(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("jwks.json");
        TokenCheck check = check("rest.security.jwks.file", file.toString());
        String token = provider.token("ada", "analyst");
        assertThat(check.check(token))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(503));
        Files.writeString(file, provider.jwks());
        assertThat(check.check(token)).isInstanceOf(Verdict.Accepted.class);
        provider.rotate("second", true);
        Files.writeString(file, provider.jwks());
        assertThat(check.check(token))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(401));
    }

    @Test
    void rolesAndScopeMayLieDeepInTheToken() {
        TokenCheck check = check(
                "rest.security.roles.claim", "realm_access.roles",
                "rest.security.roles.operator", "connect-ops",
                "rest.security.scope.claim", "https://cdc.example/connectors");
        JWTClaimsSet.Builder claims = claims().claim("realm_access", Map.of("roles", List.of("connect-ops")))
                .claim("https://cdc.example/connectors", "sales-* stock");
        assertThat(check.check(provider.token(claims))).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            assertThat(accepted.caller().role()).isEqualTo(Role.OPERATOR);
            assertThat(accepted.caller().scope().covers("sales-orders")).isTrue();
            assertThat(accepted.caller().scope().covers("stock")).isTrue();
            assertThat(accepted.caller().scope().covers("stocks")).isFalse();
            assertThat(accepted.caller().scope().isWhole()).isFalse();
        });
    }

    private static Arguments refused(String name, int status, Function<IdentityProvider, String> token) {
        return Arguments.of(name, status, token);
    }

    private static JWTClaimsSet.Builder claims() {
        return IdentityProvider.claims("ada", "analyst");
    }

    private static Date ago(int seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    private TokenCheck check(String... settings) {
        Map<String, String> worker = new HashMap<>(Map.of(
                "rest.security.token.issuer", IdentityProvider.ISSUER,
                "rest.security.token.audience", IdentityProvider.AUDIENCE,
                "rest.security.jwks.url", provider.jwksUrl()));
        for (int i = 0; i < settings.length; i += 2) {
            worker.put(settings[i], settings[i + 1]);
        }
        if (worker.containsKey("rest.security.jwks.file")) {
            worker.remove("rest.security.jwks.url");
        }
        SecuritySettings read = SecuritySettings.of(worker);
        return TokenCheck.of(read.token(), read.keys());
    }
}
