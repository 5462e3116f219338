package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.process.StackException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Ends the worker without warning, to see the pipeline recover. */
@CommandLine.Command(
        name = "kill-worker",
        description = "Ends the Connect worker as kill -9 does.",
        mixinStandardHelpOptions = true)
final class KillWorkerCommand implements Callable<Integer> {
    @CommandLine.Mixin
    private DirectoryOption directory = new DirectoryOption();

    @CommandLine.Mixin
    private WorkerParameter which = new WorkerParameter();

    @Override
    public Integer call() {
        Long pid = directory.running().pids().get(which.name());
        ProcessHandle worker = ProcessHandle.of(pid == null ? -1 : pid)
                .orElseThrow(
                        () -> new StackException("The worker is not alive. Start it with `stack restart-worker --dir "
                                + directory.stack().root() + "`."));
        worker.destroyForcibly();
        worker.onExit().join();
        System.out.println("killed the " + which.name() + " (pid " + pid + ")");
        return 0;
    }
}
