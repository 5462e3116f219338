package dev.cdcdelta.bench.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(name = "growth", mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
