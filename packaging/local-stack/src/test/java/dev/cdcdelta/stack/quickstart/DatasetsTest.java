package dev.cdcdelta.stack.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetsTest {
    @Test
    void namesAreThoseOfTheResources() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/datasets"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jsonl.gz"))
                    .map(file -> file.replace(".jsonl.gz", ""))
                    .sorted()
                    .toList();
            assertThat(Datasets.names()).isEqualTo(names);
        }
    }

    @Test
    void holdTenThousandDocumentsAndMore() {
        long documents = Datasets.names().stream()
                .mapToLong(name -> Datasets.read(name).size())
                .sum();
        assertThat(documents).isGreaterThan(10_000);
    }
}
