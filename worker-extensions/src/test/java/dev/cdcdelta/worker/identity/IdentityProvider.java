package dev.cdcdelta.worker.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on the loopback address: it publishes its keys, rotates them, and can go away. */
public final class IdentityProvider implements AutoCloseable {
    public static final String ISSUER = "https://identity.example/realms/data";
    public static final String AUDIENCE = "connect";

    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey key;
    private volatile List<JWK> published;
    private volatile int status = 200;

    private IdentityProvider(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
        this.published = List.of(key);
    }

    public static IdentityProvider start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        IdentityProvider provider = new IdentityProvider(server, newKey("first"));
        server.createContext("/jwks", exchange -> {
            provider.fetches.incrementAndGet();
            byte[] keys = provider.jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(provider.status, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        return provider;
    }

    public String jwksUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    /** The public keys alone. */
    public String jwks() {
        return new JWKSet(published).toString(true);
    }

    public int fetches() {
        return fetches.get();
    }

    /** From now on tokens are signed with another key. */
    public void rotate(String identifier, boolean withdrawOldKeys) {
        RSAKey old = key;
        key = newKey(identifier);
        published = withdrawOldKeys ? List.of(key) : List.of(old, key);
    }

    public void answerWith(int httpStatus) {
        status = httpStatus;
    }

    public static JWTClaimsSet.Builder claims(String name, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(name)
                .claim("roles", List.of(roles))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)));
    }

    public String token(String name, String... roles) {
        return token(claims(name, roles));
    }

    public String token(JWTClaimsSet.Builder claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String expiredToken() {
        return token(claims("ada", "administrator")
                .expirationTime(Date.from(Instant.now().minusSeconds(600))));
    }

    public String tokenOfOtherIssuer() {
        return token(claims("ada", "administrator").issuer("https://other.example"));
    }

    /** {@code alg=none}. */
    public String unsignedToken() {
        return new PlainJWT(claims("ada", "administrator").build()).serialize();
    }

    /** Signed with HS256, the text of the public key as the secret: what careless verifiers take for RS256. */
    public String tokenSignedWithPublicKey() {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims("ada", "administrator").build());
            token.sign(
                    new MACSigner(key.toPublicJWK().toRSAKey().toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static RSAKey newKey(String identifier) {
        try {
            return new RSAKeyGenerator(2048).keyID(identifier).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
