package dev.cdcdelta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.StorageException;
import dev.cdcdelta.sink.table.storage.BrokenWire;
import dev.cdcdelta.sink.table.storage.InProcessS3;
import dev.cdcdelta.sink.table.storage.InProcessSts;
import dev.cdcdelta.sink.table.storage.Tunnel;
import dev.cdcdelta.smt.PrivateAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The sink and stores that ask who is there and say who they are: TLS of a private authority, session tokens, assumed roles. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedStoreTest {
    private static final Path ROLE_EXAMPLE = Path.of("..", "examples", "delta-sink-aws-role.json");

    @TempDir
    Path directory;

    private PrivateAuthority authority;

    @BeforeAll
    void makeCertificates(@TempDir Path certificates) throws Exception {
        authority = new PrivateAuthority(certificates);
    }

    @Test
    void theTableIsWrittenOverTlsWithACertificateOfAPrivateAuthority() throws Exception {
        try (InProcessS3 server = InProcessS3.encrypted("lake", authority.server())) {
            authority.agreed.clear();

            expectTableIn(sink("tls", authority.trustingJvm(), server.options()));

            assertThat(authority.agreed).isNotEmpty().containsOnly("TLSv1.3");
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityStopsTheTaskWithTheRemedy() throws Exception {
        try (InProcessS3 server = InProcessS3.encrypted("lake", authority.server())) {
            SinkRig rig = rig("untrusted", server.options());

            assertThatThrownBy(() -> rig.task(SinkRig.P0))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("s3a://lake/warehouse")
                    .hasMessageContaining("does not trust the certificate of "
                            + server.options().get("fs.s3a.endpoint"))
                    .hasMessageContaining("-Djavax.net.ssl.trustStore=");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void validationFindsACertificateOfAnUnknownAuthority() throws Exception {
        try (InProcessS3 server = InProcessS3.encrypted("lake", authority.server())) {
            Map<String, String> properties = new HashMap<>(
                    Map.of("name", "sink", "topics", "mongo.shop.orders", "warehouse", "s3a://lake/warehouse"));
            properties.put("storage.validate", "true");
            server.options().forEach((key, value) -> properties.put("hadoop." + key, value));

            assertThat(new DeltaSinkConnector().validate(properties).configValues())
                    .filteredOn(value -> value.name().equals("warehouse"))
                    .flatExtracting(org.apache.kafka.common.config.ConfigValue::errorMessages)
                    .singleElement()
                    .asString()
                    .contains("does not trust the certificate");
        }
    }

    /** S3A takes it for a broken network and tries for minutes, if it is not told otherwise; then it must not begin again. */
    @Test
    void aCertificateThatIsNoLongerTrustedDoesNotPassByItself() throws Exception {
        try (InProcessS3 server = InProcessS3.encrypted("lake", authority.server());
                DeltaTables tables = new DeltaTables(impatient(server.options()))) {
            assertThatThrownBy(() -> tables.open("s3a://lake/warehouse/shop/orders"))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(StorageException.class)
                    .hasMessageContaining("s3a://lake/warehouse/shop/orders")
                    .hasMessageContaining("certification path");
        }
    }

    private static Map<String, String> impatient(Map<String, String> server) {
        Map<String, String> options = new HashMap<>(server);
        options.put("fs.s3a.attempts.maximum", "1");
        options.put("fs.s3a.retry.limit", "0");
        return options;
    }

    @Test
    void aSessionTokenIsSignedAndNeitherItNorTheSecretIsLogged() throws Exception {
        try (InProcessS3 server = new InProcessS3("lake");
                BrokenWire wire = new BrokenWire(server.options())) {
            server.admit("session-access", "session-secret");
            server.refuseItsOwnKeys();

            ChildProcess process =
                    sink("session", List.of(), sessionOptions(wire.options(server.options()), "session-secret"));

            expectTableIn(process);
            assertThat(process.output()).doesNotContain("session-secret", "session-token");
            assertThat(wire.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .containsIgnoringCase("\r\nx-amz-security-token: session-token\r\n")
                            .containsPattern("SignedHeaders=[a-z0-9;-]*x-amz-security-token"));
        }
    }

    @Test
    void aRefusedSessionIsExplainedWithoutItsTokenAndSecret() throws Exception {
        try (InProcessS3 server = new InProcessS3("lake")) {
            server.admit("session-access", "session-secret");
            SinkRig rig = rig("refused", sessionOptions(server.options(), "session-secret-of-yesterday"));

            Throwable refusal = catchThrowable(() -> rig.task(SinkRig.P0));

            StringWriter told = new StringWriter();
            refusal.printStackTrace(new PrintWriter(told));
            assertThat(refusal).isInstanceOf(ConfigException.class).hasMessageContaining("refuses these credentials");
            assertThat(told.toString()).doesNotContain("session-secret", "session-token");
        }
    }

    private static Map<String, String> sessionOptions(Map<String, String> server, String secret) {
        Map<String, String> options = new HashMap<>(server);
        options.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider");
        options.put("fs.s3a.access.key", "session-access");
        options.put("fs.s3a.secret.key", secret);
        options.put("fs.s3a.session.token", "session-token");
        return options;
    }

    @Test
    void theRoleOfTheExampleIsAssumedAndItsTemporaryKeysWriteTheTable() throws Exception {
        try (InProcessS3 server = InProcessS3.encrypted("lake", authority.server());
                InProcessSts sts = new InProcessSts(authority.server());
                Tunnel tunnel = new Tunnel(Map.of(
                        PrivateAuthority.SERVER_NAME + ":443",
                        sts.port(),
                        URI.create(server.options().get("fs.s3a.endpoint")).getAuthority(),
                        portOf(server)))) {
            Map<String, String> options = exampleOptions(ROLE_EXAMPLE);
            assertThat(options).as("Hadoop takes no region without it").containsKey("fs.s3a.assumed.role.sts.endpoint");
            options.putAll(server.options());
            options.put("fs.s3a.assumed.role.sts.endpoint", PrivateAuthority.SERVER_NAME);
            options.put(
                    "fs.s3a.assumed.role.credentials.provider",
                    "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
            options.put("fs.s3a.proxy.host", "127.0.0.1");
            options.put("fs.s3a.proxy.port", Integer.toString(tunnel.port()));
            server.admit(InProcessSts.ACCESS_KEY, InProcessSts.SECRET_KEY);
            server.refuseItsOwnKeys();

            ChildProcess process = sink("role", authority.trustingJvm(), options);

            expectTableIn(process);
            assertThat(process.output())
                    .doesNotContain(
                            server.options().get("fs.s3a.secret.key"),
                            InProcessSts.SECRET_KEY,
                            InProcessSts.SESSION_TOKEN);
            assertThat(sts.requests)
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request)
                            .startsWith(server.options().get("fs.s3a.access.key") + " ")
                            .contains("Action=AssumeRole")
                            .contains("RoleArn=" + options.get("fs.s3a.assumed.role.arn")));
            assertThat(server.requests).isNotEmpty();
        }
    }

    @Test
    void anStsWithACertificateOfAnUnknownAuthorityStopsTheTaskWithTheRemedy() throws Exception {
        try (InProcessSts sts = new InProcessSts(authority.server());
                Tunnel tunnel = new Tunnel(Map.of(PrivateAuthority.SERVER_NAME + ":443", sts.port()))) {
            Map<String, String> options = exampleOptions(ROLE_EXAMPLE);
            options.put("fs.s3a.assumed.role.sts.endpoint", PrivateAuthority.SERVER_NAME);
            options.put(
                    "fs.s3a.assumed.role.credentials.provider",
                    "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
            options.put("fs.s3a.access.key", "access");
            options.put("fs.s3a.secret.key", "secret-of-the-worker");
            options.put("fs.s3a.proxy.host", "127.0.0.1");
            options.put("fs.s3a.proxy.port", Integer.toString(tunnel.port()));

            assertThatThrownBy(() -> rig("untrusted-sts", options).task(SinkRig.P0))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("or that of STS")
                    .hasMessageNotContaining("secret-of-the-worker");
        }
    }

    private static int portOf(InProcessS3 server) {
        return URI.create(server.options().get("fs.s3a.endpoint")).getPort();
    }

    /** What a user would POST, less what is not Hadoop's. */
    private static Map<String, String> exampleOptions(Path example) throws IOException {
        JsonNode config = new ObjectMapper().readTree(example.toFile()).get("config");
        Map<String, String> options = new HashMap<>();
        config.fields().forEachRemaining(entry -> {
            if (entry.getKey().startsWith("hadoop.")) {
                options.put(
                        entry.getKey().substring("hadoop.".length()),
                        entry.getValue().asText());
            }
        });
        return options;
    }

    private SinkRig rig(String name, Map<String, String> options) {
        return new SinkRig(directory.resolve(name), "s3a://lake/warehouse", options, options);
    }

    /** With the log of a worker as it comes. */
    private ChildProcess sink(String name, List<String> jvmOptions, Map<String, String> options) throws Exception {
        Path log = Files.writeString(directory.resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                appender.console.type = Console
                appender.console.name = console
                """);
        List<String> jvm = new ArrayList<>(jvmOptions);
        jvm.add("-Dlog4j2.configurationFile=" + log);
        List<String> arguments = new ArrayList<>(List.of(directory.resolve(name).toString(), "s3a://lake/warehouse"));
        options.forEach((key, value) -> arguments.add(key + "=" + value));
        return ChildProcess.run(GuardedStoreProgram.class, jvm, arguments);
    }

    private static void expectTableIn(ChildProcess process) {
        assertThat(process.output()).contains(GuardedStoreProgram.DONE);
        assertThat(process.exitCode()).isZero();
    }
}
