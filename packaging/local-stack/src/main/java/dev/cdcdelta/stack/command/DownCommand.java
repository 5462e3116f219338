package dev.cdcdelta.stack.command;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.process.StackException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Stops a stack that another process runs. */
@CommandLine.Command(
        name = "down",
        description = "Stops the stack; what it has stored stays in the directory.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;
    private static final Duration GRACE = Duration.ofSeconds(40);

    @CommandLine.Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Override
    public Integer call() throws InterruptedException {
        if (!LocalStack.isRunning(directory.path())) {
            System.out.println("not running");
            return 0;
        }
        Optional<StackDescription> description = StackDescription.read(directory.path());
        Long pid = description
                .map(StackDescription::pids)
                .map(pids -> pids.get("supervisor"))
                .orElse(null);
        if (pid == null) {
            throw new StackException("The stack in " + directory.stack().root()
                    + " is still starting. Stop it with Ctrl-C, or try again when it is up.");
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        if (!awaitEnd()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            System.out.println("the stack did not stop in " + GRACE.toSeconds() + " s and was killed");
            return 0;
        }
        System.out.println("stopped");
        return 0;
    }

    private boolean awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (LocalStack.isRunning(directory.path())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
