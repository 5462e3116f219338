package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Tells which processes of a stack are alive. */
@CommandLine.Command(
        name = "status",
        description = "Tells whether the stack runs; exit code 0 all up, 1 something has died, 3 not running.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;

    @CommandLine.Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Override
    public Integer call() {
        if (!LocalStack.isRunning(directory.path())) {
            System.out.println("not running");
            return NOT_RUNNING;
        }
        Optional<StackDescription> description = StackDescription.read(directory.path());
        if (description.isEmpty()) {
            System.out.println("starting");
            return 1;
        }
        boolean allAlive = true;
        for (var entry : description.get().pids().entrySet()) {
            boolean alive = ProcessHandle.of(entry.getValue()).isPresent();
            allAlive &= alive;
            System.out.printf("%-11s pid %-7d %s%n", entry.getKey(), entry.getValue(), alive ? "up" : "dead");
        }
        System.out.println("Connect    " + description.get().connectUrl());
        System.out.println("MongoDB    " + description.get().mongodbUri());
        System.out.println("warehouse  " + description.get().warehouse());
        return allAlive ? 0 : 1;
    }
}
