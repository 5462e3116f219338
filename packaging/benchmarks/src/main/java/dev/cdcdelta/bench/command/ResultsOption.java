package dev.cdcdelta.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.bench.results.ResultsFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Where results go besides standard output. */
final class ResultsOption {
    @CommandLine.Option(
            names = "--results",
            paramLabel = "FILE",
            defaultValue = "${sys:bench.results}",
            description =
                    "Add the result to this file of JSON lines (default: target/results.jsonl of the benchmarks).")
    private @Nullable Path file;

    /** Prints the figures as the last line and keeps them. */
    void publish(String suite, JsonNode figures) {
        if (file != null) {
            new ResultsFile(file).append(suite, figures);
        }
        System.out.println(figures);
    }
}
