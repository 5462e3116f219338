package dev.cdcdelta.bench.command;

import dev.cdcdelta.bench.results.Result;
import dev.cdcdelta.bench.results.ResultsFile;
import dev.cdcdelta.bench.results.Target;
import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Every suite, each in a JVM of its own. */
@CommandLine.Command(
        name = "all",
        description = {
            "Runs the short form of every suite, in less than ten minutes on two cores, and prints the targets with what was"
                    + " measured. `bench` without arguments does the same.",
            "Exit code 0: every suite is clean; 1: one is not. Whether targets are reached does not matter to it."
        },
        mixinStandardHelpOptions = true)
final class AllCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--long",
            description = "What the targets are about: some hours, and 60 GB of disk. Results go to docs/benchmarks.")
    private boolean longForm;

    @CommandLine.Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "Add results to this file (default: target/results.jsonl, docs/benchmarks/results.jsonl with --long).")
    private @Nullable Path file;

    @CommandLine.Option(
            names = "--home",
            defaultValue = "${sys:bench.home}",
            hidden = true,
            description = "Where the launcher is.")
    private @Nullable Path home;

    @Override
    public Integer call() {
        Path launcher = Objects.requireNonNull(home, "--home").resolve("bench");
        Path results = file != null
                ? file
                : launcher.resolveSibling(longForm ? "../../docs/benchmarks/results.jsonl" : "target/results.jsonl")
                        .normalize();
        Instant begin = Instant.now().minusSeconds(1);
        List<String> failed = new ArrayList<>();
        for (List<String> suite : (longForm ? SuitePlan.LONG : SuitePlan.SHORT).commands()) {
            System.err.println("== bench " + String.join(" ", suite));
            if (run(launcher, suite, results) != CommandLine.ExitCode.OK) {
                failed.add(suite.get(0));
            }
        }
        List<Result> measured = new ResultsFile(results)
                .read().stream().filter(result -> result.at().isAfter(begin)).toList();
        System.out.println();
        System.out.print(Target.table(measured));
        if (!failed.isEmpty()) {
            System.err.println("Not clean: " + String.join(", ", failed) + ". What they said is above.");
        }
        return failed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static int run(Path launcher, List<String> suite, Path results) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(suite);
        command.addAll(List.of("--results", results.toString()));
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new StackException("The launcher " + launcher + " cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while suites ran", e);
        }
    }
}
