package dev.cdcdelta.bench.command;

import dev.cdcdelta.bench.results.Page;
import dev.cdcdelta.bench.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What readers see of results. */
@CommandLine.Command(
        name = "page",
        description = {
            "Makes docs/benchmarks.md and its charts of docs/benchmarks/results.jsonl.",
            "Results come there by `--results docs/benchmarks/results.jsonl` of the suites, or by `bench all --long`."
        },
        mixinStandardHelpOptions = true)
final class PageCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--docs",
            defaultValue = "${sys:bench.home}/../../docs",
            paramLabel = "DIR",
            description = "Where the page goes (default: the project's docs).")
    private @Nullable Path docs;

    @Override
    public Integer call() throws IOException {
        Path directory = Objects.requireNonNull(docs, "--docs");
        Page page = new Page(new ResultsFile(directory.resolve("benchmarks/results.jsonl")).read());
        for (Map.Entry<Path, String> file : page.files().entrySet()) {
            Path target = directory.resolve(file.getKey().toString());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
            System.out.println(target.normalize());
        }
        return CommandLine.ExitCode.OK;
    }
}
