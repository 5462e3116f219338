package dev.cdcdelta.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ResultsFileTest {
    @TempDir
    Path directory;

    @Test
    void resultsAreReadAsTheyWereAppended() {
        ResultsFile file = new ResultsFile(directory.resolve("new/results.jsonl"));
        file.append("smt", new ObjectMapper().createObjectNode().put("documentsPerSecond", 1));
        file.append("lag", new ObjectMapper().createObjectNode().put("p95", 2));

        List<Result> results = file.read();

        assertThat(results).extracting(Result::suite).containsExactly("smt", "lag");
        assertThat(results.get(1).figures().path("p95").asInt()).isEqualTo(2);
        assertThat(results.get(0).machine()).isEqualTo(Machine.here());
        assertThat(results.get(0).versions()).containsKeys("kafka", "iceberg", "spark", "delta", "commit");
        assertThat(results.get(0).versions().values()).noneMatch(version -> version.contains("${"));
    }

    @Test
    void lineThatIsNoJsonIsAnErrorThatNamesTheFile() throws IOException {
        Path path = directory.resolve("results.jsonl");
        Files.writeString(path, "nonsense\n");

        assertThatThrownBy(() -> new ResultsFile(path).read())
                .isInstanceOf(StackException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void spreadIsWhatLiesBetweenLeastAndMostOfTheMedian() {
        assertThat(Median.of(List.of(10.0, 8.0, 11.0))).isEqualTo(10);
        assertThat(Median.of(new double[] {4, 1, 2, 100})).isEqualTo(3);
        assertThat(Median.spread(List.of(10.0, 8.0, 11.0))).isEqualTo(0.3);
    }
}
