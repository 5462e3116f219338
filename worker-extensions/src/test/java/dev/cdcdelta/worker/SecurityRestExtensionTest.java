package dev.cdcdelta.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.cdcdelta.worker.audit.AuditVerifier;
import dev.cdcdelta.worker.identity.IdentityProvider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Configurable;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.health.ConnectClusterDetails;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole extension in the JAX-RS server that Connect has, before resources of our own; RestSecurityIT has a real worker's. */
class SecurityRestExtensionTest {
    private static final String MARKER = "INFO dev.cdcdelta.worker.audit - ";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream error = System.err;
    private IdentityProvider provider;

    @BeforeEach
    void start() throws Exception {
        provider = IdentityProvider.start();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(error);
        provider.close();
    }

    /** What a worker has, and what a newer one might have. */
    @Path("/")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Resources {
        private static final AtomicReference<String> FORWARDED = new AtomicReference<>("");
        private static final AtomicReference<String> CALLED = new AtomicReference<>("");

        @GET
        @Path("health")
        public Map<String, String> health() {
            return Map.of("status", "healthy");
        }

        @GET
        @Path("connectors")
        public List<String> connectors() {
            return List.of("sales-a", "stock");
        }

        @GET
        @Path("connectors/{connector}/secrets")
        public String newer(@PathParam("connector") String connector) {
            CALLED.set(connector);
            return "{}";
        }

        @POST
        @Path("connectors/{connector}/restart")
        public void restart(@Context HttpHeaders headers) {
            FORWARDED.set(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
        }

        @PUT
        @Path("connectors/{connector}/config")
        public String change(String body) {
            return body;
        }
    }

    @Test
    void routeOfANewerConnectIsDeniedUntilItIsListed() throws Exception {
        ApplicationHandler worker = worker();
        assertThat(call(worker, "GET", "connectors/a/secrets", "").getStatus()).isEqualTo(401);
        assertThat(call(worker, "GET", "connectors/a/secrets", administrator()).getStatus())
                .isEqualTo(403);
        assertThat(Resources.CALLED.get()).isEmpty();
        assertThat(auditLines()).hasSize(2).allMatch(line -> line.contains("\"route\":\"unlisted\""));
    }

    @Test
    void healthIsOpenUnlessItIsShut() throws Exception {
        assertThat(call(worker(), "GET", "health", "").getStatus()).isEqualTo(200);
        assertThat(auditLines()).isEmpty();
        ApplicationHandler shut = worker("rest.security.health.open", "false");
        assertThat(call(shut, "GET", "health", "").getStatus()).isEqualTo(401);
        assertThat(call(shut, "GET", "health", "Bearer " + provider.token("probe", "analyst"))
                        .getStatus())
                .isEqualTo(200);
        assertThat(auditLines()).hasSize(2);
    }

    @Test
    void connectorsOutsideTheScopeAreNeitherListedNorReached() throws Exception {
        ApplicationHandler worker = worker("rest.security.scope.claim", "connectors");
        JWTClaimsSet.Builder claims =
                IdentityProvider.claims("ada", "operator").claim("connectors", List.of("sales-*"));
        String token = "Bearer " + provider.token(claims);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        worker.apply(request("GET", "connectors", token, ""), answer).get();
        assertThat(answer.toString(StandardCharsets.UTF_8)).isEqualTo("[\"sales-a\"]");
        assertThat(call(worker, "POST", "connectors/stock/restart", token).getStatus())
                .isEqualTo(403);
        assertThat(call(worker, "POST", "connectors/sales-a/restart", token).getStatus())
                .isEqualTo(204);
        assertThat(call(worker, "GET", "connectors/sales-a/status", "Bearer " + provider.token("eve", "analyst"))
                        .getStatus())
                .as("a token without the claim")
                .isEqualTo(403);
    }

    @Test
    void forwardedCallIsCheckedAgainAndAuditedOnce() throws Exception {
        String[] secret = {"rest.security.hop.secret", "a secret of 32 characters or more"};
        String path = "connectors/sales/restart";
        assertThat(call(worker(secret), "POST", path, administrator()).getStatus())
                .isEqualTo(204);
        String forwarded = Objects.requireNonNull(Resources.FORWARDED.get());
        assertThat(forwarded).isNotEqualTo(administrator());
        assertThat(auditLines()).hasSize(1);

        ApplicationHandler leader = worker(secret);
        assertThat(call(leader, "POST", path + "?forward=true", forwarded).getStatus())
                .isEqualTo(204);
        assertThat(auditLines()).hasSize(1);
        assertThat(call(leader, "POST", "connectors/other/restart", forwarded).getStatus())
                .as("a proof of another call")
                .isEqualTo(401);
        assertThat(call(worker(), "POST", path, forwarded).getStatus())
                .as("a worker that does not share the secret")
                .isEqualTo(401);
        assertThat(call(leader, "POST", path + "?forward=true", administrator()).getStatus())
                .isEqualTo(204);
        assertThat(auditLines().get(3))
                .as("nobody leaves the audit by saying so")
                .contains("\"forwarded\":true");

        provider.rotate("second", true);
        assertThat(call(worker(secret), "POST", path, forwarded).getStatus())
                .as("the token is not valid any more")
                .isEqualTo(401);
    }

    @Test
    void auditNamesTheKeysThatChangeAndTheChainIsWhole() throws Exception {
        SecurityRestExtension extension = new SecurityRestExtension();
        ApplicationHandler worker = worker(extension);
        String body = "{\"name\":\"sales\",\"topics\":\"new-canary\",\"x.password\":\"canary\"}";
        assertThat(worker.apply(request("PUT", "connectors/sales/config", administrator(), body))
                        .get()
                        .getStatus())
                .isEqualTo(200);
        assertThat(worker.apply(request(
                                "PUT",
                                "connectors/sales/config",
                                administrator(),
                                "{\"a\":\"" + "x".repeat(2000) + "\"}"))
                        .get()
                        .getStatus())
                .isEqualTo(413);
        extension.close();
        List<String> lines = auditLines();
        assertThat(lines).hasSize(3).noneMatch(line -> line.contains("canary"));
        assertThat(lines.get(0)).contains("\"keys\":[\"tasks.max\",\"topics\",\"x.password\"]");
        AuditVerifier verifier = new AuditVerifier(null);
        lines.forEach(verifier::read);
        assertThat(verifier.report().isWhole()).isTrue();
    }

    @Test
    void moreThanOneTokenIsNone() throws Exception {
        ContainerRequest request = request("GET", "connectors", administrator(), "");
        request.header(HttpHeaders.AUTHORIZATION, "Bearer " + provider.token("eve", "analyst"));
        assertThat(worker().apply(request).get().getStatus()).isEqualTo(401);
    }

    private List<String> auditLines() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(MARKER))
                .map(line -> line.substring(line.indexOf(MARKER) + MARKER.length()))
                .toList();
    }

    private String administrator() {
        return "Bearer " + provider.token(IdentityProvider.claims("ada", "administrator"));
    }

    private ApplicationHandler worker(String... settings) {
        return worker(new SecurityRestExtension(), settings);
    }

    private ApplicationHandler worker(SecurityRestExtension extension, String... settings) {
        Map<String, String> worker = new HashMap<>(Map.of(
                "rest.security.jwks.url",
                provider.jwksUrl(),
                "rest.security.jwks.refresh.min.interval.ms",
                "0",
                "rest.security.token.issuer",
                IdentityProvider.ISSUER,
                "rest.security.token.audience",
                IdentityProvider.AUDIENCE,
                "rest.security.body.max.bytes",
                "1024"));
        for (int i = 0; i < settings.length; i += 2) {
            worker.put(settings[i], settings[i + 1]);
        }
        extension.configure(worker);
        ResourceConfig resources = new ResourceConfig(Resources.class);
        resources.register(new com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider());
        extension.register(new Worker(resources));
        return new ApplicationHandler(resources);
    }

    private static ContainerResponse call(ApplicationHandler worker, String method, String path, String authorization)
            throws Exception {
        return worker.apply(request(method, path, authorization, "")).get();
    }

    private static ContainerRequest request(String method, String path, String authorization, String body) {
        URI base = URI.create("http://worker/");
        ContainerRequest request =
                new ContainerRequest(base, base.resolve(path), method, null, new MapPropertiesDelegate(), null);
        if (!authorization.isEmpty()) {
            request.header(HttpHeaders.AUTHORIZATION, authorization);
        }
        if (!body.isEmpty()) {
            request.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
            request.setEntityStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    /** A worker with the connector {@code sales}. */
    private record Worker(ResourceConfig resources) implements ConnectRestExtensionContext, ConnectClusterState {
        @Override
        public Configurable<? extends Configurable<?>> configurable() {
            return resources;
        }

        @Override
        public ConnectClusterState clusterState() {
            return this;
        }

        @Override
        public Collection<String> connectors() {
            return List.of("sales");
        }

        @Override
        public Map<String, String> connectorConfig(String name) {
            return Map.of("name", name, "tasks.max", "1", "topics", "old");
        }

        @Override
        public ConnectorHealth connectorHealth(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConnectClusterDetails clusterDetails() {
            throw new UnsupportedOperationException();
        }
    }
}
