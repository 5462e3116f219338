package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.process.StackException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Starts the worker anew, whether it is alive or not. */
@CommandLine.Command(
        name = "restart-worker",
        description = "Stops the Connect worker if it is alive, starts it, and returns when it serves.",
        mixinStandardHelpOptions = true)
final class RestartWorkerCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;

    @CommandLine.Mixin
    private DirectoryOption directory = new DirectoryOption();

    @CommandLine.Mixin
    private WorkerParameter which = new WorkerParameter();

    @Override
    public Integer call() throws InterruptedException {
        Long before = directory.running().pids().get(which.name());
        WorkerRestarts.request(directory.stack(), which.number());
        while (Files.exists(directory.stack().workerRestartRequest())) {
            if (!LocalStack.isRunning(directory.path())) {
                throw new StackException("The stack has stopped before the worker was up.");
            }
            Thread.sleep(POLL_MILLIS);
        }
        Long after = directory.running().pids().get(which.name());
        if (after == null || after.equals(before)) {
            throw new StackException("The worker did not come up. Its log is "
                    + directory.stack().log(which.name()) + ".");
        }
        System.out.println("the " + which.name() + " is up (pid " + after + ")");
        return 0;
    }
}
