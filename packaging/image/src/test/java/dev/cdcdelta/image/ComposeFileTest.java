package dev.cdcdelta.image;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of docker/compose.yaml where none of its images can be had. */
class ComposeFileTest {
    private static final Path DOCKER = Path.of("../../docker");

    /** Those whose image leaves a volume to root. Without capabilities root may do no more there than its owner. */
    private static final Set<String> ROOT_WITHOUT_CAPABILITIES = Set.of("minio");

    private static JsonNode compose;

    /** @param definition of a service, merges resolved */
    record Service(String name, JsonNode definition) {
        boolean runsOnce() {
            return definition.path("restart").asText().equals("no");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void read() throws IOException {
        compose = Yaml.read(DOCKER.resolve("compose.yaml"));
    }

    static Stream<Service> services() throws IOException {
        JsonNode services = Yaml.read(DOCKER.resolve("compose.yaml")).get("services");
        return services.properties().stream().map(entry -> new Service(entry.getKey(), entry.getValue()));
    }

    @Test
    void fileIsWhatTheSpecificationsSchemaAllows() throws IOException {
        JsonSchema schema;
        try (InputStream text = ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json")) {
            JsonNode parsed = new ObjectMapper().readTree(text);
            dropIds(parsed);
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                    .getSchema(parsed);
        }
        assertThat(schema.validate(compose))
                .extracting(ValidationMessage::getMessage)
                .isEmpty();

        JsonNode wrong = compose.deepCopy();
        ((ObjectNode) wrong.at("/services/kafka")).put("healthchek", "x");
        assertThat(schema.validate(wrong)).as("the schema sees a misspelt key").isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceTellsItsHealthOrIsWaitedForUntilItHasEnded(Service service) throws IOException {
        if (service.runsOnce()) {
            assertThat(services()
                            .map(other -> other.definition()
                                    .at("/depends_on/" + service.name() + "/condition")
                                    .asText()))
                    .contains("service_completed_successfully");
        } else {
            assertThat(service.definition().at("/healthcheck/test/0").asText()).isEqualTo("CMD");
            assertThat(service.definition().at("/healthcheck"))
                    .allSatisfy(value -> assertThat(value.isNull()).isFalse());
            assertThat(service.definition().at("/healthcheck").has("start_period"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceHasNoMoreRightsThanItNeeds(Service service) {
        JsonNode definition = service.definition();
        assertThat(texts(definition.get("cap_drop"))).containsExactly("ALL");
        assertThat(texts(definition.get("security_opt"))).contains("no-new-privileges:true");
        assertThat(definition.has("privileged")).isFalse();
        if (!ROOT_WITHOUT_CAPABILITIES.contains(service.name())) {
            assertThat(definition.path("user").asText()).matches("[1-9]\\d*:\\d+");
        }
        assertThat(texts(definition.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void ourWorkerCanWriteToItsVolumeAlone() {
        JsonNode connect = compose.at("/services/connect");
        assertThat(connect.get("read_only").asBoolean()).isTrue();
        assertThat(texts(connect.get("volumes")).filter(volume -> !volume.endsWith(":ro")))
                .containsExactly("connect:/var/lib/cdcdelta");
        assertThat(texts(connect.get("tmpfs"))).containsExactly("/tmp");
    }

    @ParameterizedTest
    @MethodSource("services")
    void volumesOfTheServiceAreDeclaredOrThere(Service service) {
        assertThat(texts(service.definition().path("volumes"))).allSatisfy(volume -> {
            String source = volume.substring(0, volume.indexOf(':'));
            if (source.startsWith(".")) {
                assertThat(DOCKER.resolve(source)).exists();
            } else {
                assertThat(compose.get("volumes").has(source)).as(source).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void noEnvironmentHoldsASecret(Service service) {
        service.definition().path("environment").properties().forEach(variable -> {
            if (variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN|ACCESS_KEY|ROOT_USER(_FILE)?$).*")) {
                assertThat(variable.getKey()).endsWith("_FILE");
                assertThat(variable.getValue().asText()).startsWith("/run/secrets/");
            }
        });
    }

    @Test
    void everySecretIsUsedAndMadeAndIgnoredByGit(@TempDir Path directory) throws Exception {
        Set<String> used = new TreeSet<>();
        services()
                .flatMap(service -> StreamSupport.stream(
                        service.definition().path("secrets").spliterator(), false))
                .forEach(secret -> used.add(
                        secret.isTextual()
                                ? secret.asText()
                                : secret.get("source").asText()));
        Set<String> declared = new TreeSet<>();
        compose.get("secrets").fieldNames().forEachRemaining(declared::add);
        assertThat(used).isEqualTo(declared);

        Map<String, String> first = makeSecrets(directory);
        compose.get("secrets").forEach(secret -> {
            String file = secret.get("file").asText();
            assertThat(file).startsWith("./secrets/");
            assertThat(directory.resolve(file)).isNotEmptyFile();
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(makeSecrets(directory)).as("a second run changes nothing").isEqualTo(first);
        new ObjectMapper()
                .readTree(directory.resolve("secrets/cli-context.json").toFile());
        assertThat(Files.readString(Path.of("../../.gitignore"))).contains("/docker/secrets/");
    }

    @Test
    void everyImageIsNamedWithATagInTheFileThatPinRewrites() throws IOException {
        Properties images = new Properties();
        images.load(Files.newBufferedReader(DOCKER.resolve(".env")));
        Matcher variables =
                Pattern.compile("\\$\\{([A-Z_]+_IMAGE):\\?").matcher(Files.readString(DOCKER.resolve("compose.yaml")));
        Set<String> used = variables.results().map(found -> found.group(1)).collect(toCollection(TreeSet::new));

        assertThat(services()
                        .filter(service -> !service.name().equals("connect"))
                        .map(service -> service.definition().get("image").asText()))
                .allMatch(image -> image.matches("\\$\\{[A-Z_]+_IMAGE:\\?.*}"));
        images.remove("COMPOSE_PROJECT_NAME");
        assertThat(images.stringPropertyNames()).isEqualTo(used);
        assertThat(images.values())
                .allSatisfy(image -> assertThat(image.toString())
                        .matches("[a-z0-9./-]+:[A-Za-z0-9._-]+(@sha256:[0-9a-f]{64})?")
                        .doesNotContain(":latest"));
    }

    @Test
    void makefileHasTheTargetsAndEveryProfile() throws IOException {
        String makefile = Files.readString(DOCKER.resolve("Makefile"));
        for (String target :
                Set.of("start", "stop", "clean", "health", "seed", "test", "kafka-lag", "minio-stats", "logs", "pin")) {
            assertThat(makefile).containsPattern("(?m)^" + target + ":.*## .+");
        }
        Matcher profiles = Pattern.compile("(?m)^PROFILES \\?= (.*)$").matcher(makefile);
        assertThat(profiles.find()).isTrue();
        Set<String> declared = new TreeSet<>();
        services()
                .forEach(service -> texts(service.definition().path("profiles")).forEach(declared::add));
        assertThat(profiles.group(1).split(" ")).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void dockerfileEndsAsAnotherUserThanRootAndFetchesNothing() throws IOException {
        String dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));
        Matcher users = Pattern.compile("(?m)^USER (.*)$").matcher(dockerfile);
        assertThat(users.results().map(user -> user.group(1)).reduce((first, second) -> second))
                .hasValue("1000:1000");
        assertThat(dockerfile)
                .containsPattern("(?m)^ARG BASE_IMAGE=\\S+:\\S+\nFROM \\$\\{BASE_IMAGE}$")
                .containsPattern("(?m)^HEALTHCHECK .*connect-health")
                .contains("dev.cdcdelta.sbom=\"/usr/share/doc/cdcdelta/sbom.cdx.json\"")
                .doesNotContainPattern("(?m)^ADD |^(RUN| &&).*\\b(curl|wget|apt-get|apk)\\b");
    }

    /** Draft 4's keyword, in a schema that says it is of a later draft; all references in it go by path. */
    private static void dropIds(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("id").isTextual()) {
            object.remove("id");
        }
        schema.forEach(ComposeFileTest::dropIds);
    }

    /** The content of each file by name. */
    private static Map<String, String> makeSecrets(Path directory) throws Exception {
        Path script = directory.resolve("make-secrets");
        if (Files.notExists(script)) {
            Files.copy(DOCKER.resolve("make-secrets"), script);
        }
        Process process =
                new ProcessBuilder("bash", script.toString()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
        Map<String, String> content = new HashMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("secrets"))) {
            for (Path file : files.toList()) {
                content.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return content;
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
