package dev.cdcdelta.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PluginDirectoryIT {

    private static final Path GOLDEN = Path.of("src/golden/jars.txt");

    /** Packages that a Connect worker provides, or that drag a second web or logging stack into it. */
    private static final List<String> FOREIGN_PACKAGES = List.of(
            "org/apache/kafka/",
            "org/slf4j/",
            "org/apache/logging/",
            "org/apache/log4j/",
            "ch/qos/logback/",
            "jakarta/",
            "javax/");

    /** Classes that two jars carry, by pairs of jars; upstream's doing, and the copies are the same. */
    private static final List<String> KNOWN_DUPLICATES = List.of("parquet-column, parquet-hadoop");

    @Test
    void jarsAreThoseOfTheGoldenList() throws IOException {
        List<String> actual = Packaged.jarNames().stream()
                .map(name -> name.replace("-" + Packaged.VERSION + ".jar", "-${project.version}.jar"))
                .toList();
        Path found = Packaged.TARGET.resolve("jars.txt");
        Files.write(found, actual);
        List<String> golden = Files.readAllLines(GOLDEN);
        List<String> difference = Stream.concat(
                        golden.stream().filter(jar -> !actual.contains(jar)).map(jar -> "- " + jar),
                        actual.stream().filter(jar -> !golden.contains(jar)).map(jar -> "+ " + jar))
                .toList();
        assertThat(difference)
                .as("jars in the plugin directory; if the change is meant, review it and copy %s to %s", found, GOLDEN)
                .isEmpty();
    }

    @Test
    void nothingThatTheWorkerProvidesIsInside() {
        List<String> foreign = Packaged.jars().stream()
                .flatMap(jar -> Packaged.entries(jar).stream()
                        .filter(entry -> entry.endsWith(".class"))
                        .filter(entry -> FOREIGN_PACKAGES.stream().anyMatch(entry::startsWith))
                        .map(entry -> Packaged.name(jar) + ": " + entry))
                .toList();
        assertThat(foreign).isEmpty();
    }

    @Test
    void noTwoJarsCarryTheSameClass() {
        Map<String, List<String>> owners = new TreeMap<>();
        for (Path jar : Packaged.jars()) {
            Packaged.entries(jar).stream()
                    .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF/"))
                    .filter(entry -> !entry.endsWith("module-info.class") && !entry.endsWith("package-info.class"))
                    .forEach(entry -> owners.computeIfAbsent(entry, key -> new ArrayList<>())
                            .add(Packaged.artifact(Packaged.name(jar))));
        }
        assertThat(owners.values().stream()
                        .filter(jars -> jars.size() > 1)
                        .map(jars -> String.join(", ", jars))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(KNOWN_DUPLICATES);
    }

    @Test
    void directoryIsAtMost75Megabytes() throws IOException {
        long bytes = 0;
        for (Path jar : Packaged.jars()) {
            bytes += Files.size(jar);
        }
        assertThat(bytes).isLessThanOrEqualTo(75_000_000);
    }
}
