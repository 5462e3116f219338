package dev.cdcdelta.bundle;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The zip as `confluent-hub`, or a person with `unzip`, will find it. */
class ArchiveIT {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void everythingLiesUnderOneDirectoryNamedByOwnerNameAndVersion() throws IOException {
        try (ZipFile zip = new ZipFile(Packaged.ZIP.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).allMatch(name -> name.startsWith(Packaged.TITLE + "/"));
            assertThat(Stream.of(
                                    "manifest.json",
                                    "LICENSE",
                                    "NOTICE",
                                    "CHANGELOG.md",
                                    "SECURITY.md",
                                    "lib",
                                    "doc/README.md",
                                    "etc/delta-sink-minio.json")
                            .filter(name -> zip.getEntry(Packaged.TITLE + "/" + name) == null))
                    .isEmpty();
        }
    }

    @Test
    void manifestNamesTheDirectory() throws IOException {
        JsonNode manifest = JSON.readTree(content("manifest.json"));
        assertThat("%s-%s-%s"
                        .formatted(
                                manifest.at("/owner/username").asText(),
                                manifest.at("/name").asText(),
                                manifest.at("/version").asText()))
                .isEqualTo(Packaged.TITLE);
    }

    @Test
    void libraryIsThePluginDirectory() throws IOException {
        String library = Packaged.TITLE + "/lib/";
        try (ZipFile zip = new ZipFile(Packaged.ZIP.toFile())) {
            assertThat(zip.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith(library) && !name.equals(library))
                            .map(name -> name.substring(library.length())))
                    .containsExactlyInAnyOrderElementsOf(Packaged.jarNames());
            for (Path jar : Packaged.jars()) {
                ZipEntry entry = zip.getEntry(library + Packaged.name(jar));
                assertThat(zip.getInputStream(entry)).hasSameContentAs(Files.newInputStream(jar));
            }
        }
    }

    @Test
    void checksumIsThatOfTheZip() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(Packaged.ZIP));
        Path checksum = Packaged.ZIP.resolveSibling(Packaged.name(Packaged.ZIP) + ".sha512");
        assertThat(Files.readString(checksum).strip())
                .isEqualTo(HexFormat.of().formatHex(digest) + "  " + Packaged.name(Packaged.ZIP));
    }

    @Test
    void noticeNamesEveryThirdPartyJarAndNoOther() throws IOException {
        assertThat(content("NOTICE")
                        .lines()
                        .filter(line -> line.startsWith("  "))
                        .map(String::strip))
                .containsExactlyInAnyOrderElementsOf(thirdPartyArtifacts());
    }

    @Test
    void everyLicenceThatTheNoticeNamesIsThere() throws IOException {
        Set<String> licences = content("NOTICE")
                .lines()
                .filter(line -> line.matches("[A-Za-z0-9.-]+: .*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(toCollection(TreeSet::new));
        assertThat(licences).isNotEmpty();
        for (String licence : licences) {
            assertThat(content("doc/licenses/" + licence + ".txt")).as(licence).isNotBlank();
        }
    }

    @Test
    void billOfMaterialsListsEveryJar() throws IOException {
        assumeFalse(
                System.getProperty("bundle.maven", "").equals("offline=true"),
                "Maven writes no bill of materials when offline");
        JsonNode components = JSON.readTree(
                        Packaged.TARGET.resolve(Packaged.TITLE + ".cdx.json").toFile())
                .at("/components");
        Set<String> names = new TreeSet<>();
        components.forEach(component -> names.add(
                component.at("/name").asText() + "-" + component.at("/version").asText() + ".jar"));
        assertThat(names).containsExactlyElementsOf(new TreeSet<>(Packaged.jarNames()));
    }

    private static Set<String> thirdPartyArtifacts() {
        return Packaged.jars().stream()
                .filter(jar -> !Packaged.isOurs(jar))
                .map(jar -> Packaged.artifact(Packaged.name(jar)))
                .collect(toCollection(TreeSet::new));
    }

    private static String content(String name) throws IOException {
        try (ZipFile zip = new ZipFile(Packaged.ZIP.toFile())) {
            ZipEntry entry = zip.getEntry(Packaged.TITLE + "/" + name);
            assertThat(entry).as(name).isNotNull();
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
