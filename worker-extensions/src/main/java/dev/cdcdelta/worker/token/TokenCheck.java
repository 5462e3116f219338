package dev.cdcdelta.worker.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.cdcdelta.worker.config.KeySettings;
import dev.cdcdelta.worker.config.TokenSettings;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies bearer tokens: signature, issuer, audience, times, then who it is and what they may. Safe for many threads. */
public final class TokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);
    private static final String NOT_SIGNED =
            "The token is no signed JWT. Ask the identity provider for an access token, and send it as it is.";
    private static final Verdict NO_KEYS = new Verdict.Refused(
            503,
            "The keys of the identity provider cannot be had, so that no token can be checked. Try again later;"
                    + " the worker's log says what is wrong.");

    private final DefaultJWTProcessor<SecurityContext> processor;
    private final TokenSettings settings;
    private final Claims claims;

    private TokenCheck(DefaultJWTProcessor<SecurityContext> processor, TokenSettings settings) {
        this.processor = processor;
        this.settings = settings;
        this.claims = new Claims(settings.claims());
    }

    public static TokenCheck of(TokenSettings settings, KeySettings keys) {
        JWKSource<SecurityContext> source = KeySources.open(keys);
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, source));
        DefaultJWTClaimsVerifier<SecurityContext> verifier = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp"),
                Set.of());
        verifier.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(verifier);
        return new TokenCheck(processor, settings);
    }

    public Verdict check(String token) {
        SignedJWT parsed;
        try {
            parsed = SignedJWT.parse(token);
        } catch (ParseException e) {
            // Its message may quote the token.
            return new Verdict.Refused(401, NOT_SIGNED);
        }
        if (!settings.algorithms().contains(parsed.getHeader().getAlgorithm().getName())) {
            return new Verdict.Refused(
                    401,
                    "The token is signed with an algorithm that is not accepted here. Accepted are "
                            + settings.algorithms().stream().sorted().toList() + " (rest.security.token.algorithms).");
        }
        try {
            return accept(processor.process(parsed, null));
        } catch (BadJWTException e) {
            return new Verdict.Refused(
                    401, "The token is not valid here: " + e.getMessage() + ". Get a new one for this worker.");
        } catch (BadJOSEException e) {
            return new Verdict.Refused(
                    401,
                    "The signature of the token cannot be verified with the identity provider's present keys. Get a new one.");
        } catch (KeySourceException e) {
            return withoutKeys(e);
        } catch (JOSEException e) {
            LOG.warn("A token could not be checked.", e);
            return new Verdict.Refused(401, "The token cannot be checked. Get a new one.");
        }
    }

    /** A flood of tokens with unknown keys must not fetch the keys as often, nor pass for an outage of the provider. */
    private static Verdict withoutKeys(KeySourceException failure) {
        if (failure instanceof RateLimitReachedException) {
            return new Verdict.Refused(
                    401,
                    "The token is signed with a key that is not known, and the keys were asked for a moment ago."
                            + " Get a new token, or try again in a few seconds.");
        }
        LOG.error(
                "No token can be checked, and every call is refused, since the identity provider's keys cannot be had."
                        + " Check rest.security.jwks.url or .file, and the way there.",
                failure);
        return NO_KEYS;
    }

    private Verdict accept(JWTClaimsSet verified) {
        Optional<String> principal = claims.principal(verified);
        if (principal.isEmpty()) {
            return new Verdict.Refused(
                    401,
                    "The token does not say who calls: it has no claim "
                            + settings.claims().principal() + " (rest.security.token.principal.claim).");
        }
        Optional<Role> role = claims.role(verified);
        if (role.isEmpty()) {
            return new Verdict.Refused(
                    403,
                    "The token gives its bearer no role here: none is in its claim "
                            + settings.claims().roles() + " (rest.security.roles.*). Ask for a role.");
        }
        return new Verdict.Accepted(new Caller(principal.get(), role.get(), claims.scope(verified)));
    }
}
