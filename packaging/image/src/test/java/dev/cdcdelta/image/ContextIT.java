package dev.cdcdelta.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Dockerfile copies, as the build has laid it out. */
class ContextIT {
    private static final Path CONTEXT = Path.of("target/context");
    private static final Path DOCKERFILE = Path.of("../../docker/Dockerfile");

    @Test
    void everythingThatTheDockerfileCopiesIsThere() throws IOException {
        Matcher copy = Pattern.compile("^COPY (\\S+) ", Pattern.MULTILINE).matcher(Files.readString(DOCKERFILE));
        List<String> sources = copy.results().map(found -> found.group(1)).toList();

        assertThat(sources).hasSizeGreaterThan(4);
        assertThat(sources)
                .allSatisfy(source -> assertThat(CONTEXT.resolve(source)).isNotEmptyDirectory());
    }

    @Test
    void pluginsAgentsAndScriptsAreWhereTheEntryPointLooks() {
        assertThat(Stream.of(
                                "plugins/cdcdelta",
                                "plugins/debezium-connector-mongodb",
                                "agents/jmx_prometheus_javaagent.jar",
                                "agents/opentelemetry-javaagent.jar",
                                "config/log4j2.properties",
                                "bin/properties.awk",
                                "doc/LICENSE",
                                "doc/NOTICE")
                        .filter(name -> !Files.exists(CONTEXT.resolve(name))))
                .isEmpty();
        assertThat(CONTEXT.resolve("bin/connect-worker")).isExecutable();
        assertThat(CONTEXT.resolve("bin/connect-health")).isExecutable();
    }

    @Test
    void billOfMaterialsHasEveryJarWithItsHash() throws Exception {
        JsonNode bom =
                new ObjectMapper().readTree(CONTEXT.resolve("doc/sbom.cdx.json").toFile());
        Map<String, String> listed = new TreeMap<>();
        bom.get("components")
                .forEach(component -> listed.put(
                        component.get("bom-ref").asText(),
                        component.at("/hashes/0/content").asText()));

        assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(listed).isEqualTo(jarsByPlace());
        assertThat(bom.get("components"))
                .allSatisfy(component ->
                        assertThat(component.get("version").asText()).isNotEqualTo("unknown"));
    }

    private static Map<String, String> jarsByPlace() throws Exception {
        Map<String, String> jars = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CONTEXT)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                jars.put(
                        "/opt/cdcdelta/" + CONTEXT.relativize(file),
                        HexFormat.of().formatHex(digest));
            }
        }
        return jars;
    }
}
