package dev.cdcdelta.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The licences of what is shipped, as its bill of materials tells them; {@code target/dependencies.md} is the report of a release. */
class LicencesIT {
    private static final Path REPORT = Packaged.TARGET.resolve("dependencies.md");

    /** By SPDX identifier, or by name where a POM gives no more: those that go with MIT in one bundle. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "Go License",
            "The BSD 2-Clause License",
            "BSD New",
            "BSD");

    private record Dependency(String name, String version, Set<String> licences) {}

    private static List<Dependency> dependencies = List.of();

    @BeforeAll
    static void readBillOfMaterials() throws IOException {
        assumeFalse(
                System.getProperty("bundle.maven", "").equals("offline=true"),
                "Maven writes no bill of materials when offline");
        JsonNode components = new JsonMapper()
                .readTree(Packaged.TARGET.resolve(Packaged.TITLE + ".cdx.json").toFile())
                .at("/components");
        List<Dependency> found = new ArrayList<>();
        for (JsonNode component : components) {
            Set<String> licences = new TreeSet<>();
            for (JsonNode licence : component.path("licenses")) {
                JsonNode id = licence.at("/license/id");
                licences.add(
                        licence.has("expression")
                                ? licence.get("expression").asText()
                                : id.isMissingNode()
                                        ? licence.at("/license/name").asText()
                                        : id.asText());
            }
            String name = component.path("group").asText() + ":"
                    + component.get("name").asText();
            found.add(new Dependency(name, component.get("version").asText(), licences));
        }
        dependencies = List.copyOf(found);
    }

    @Test
    void everyDependencyIsUnderALicenceThatGoesWithOurs() {
        assertThat(dependencies)
                .hasSizeGreaterThan(30)
                .allSatisfy(dependency ->
                        assertThat(dependency.licences()).as(dependency.name()).containsAnyElementsOf(ALLOWED));
    }

    @Test
    void reportListsEachWithVersionAndLicence() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| Dependency | Version | Licence |", "|---|---|---|"));
        dependencies.forEach(dependency -> lines.add("| " + dependency.name() + " | " + dependency.version() + " | "
                + String.join(", ", dependency.licences()) + " |"));
        Files.write(REPORT, lines);

        assertThat(Files.readAllLines(REPORT)).hasSize(dependencies.size() + 2);
    }
}
