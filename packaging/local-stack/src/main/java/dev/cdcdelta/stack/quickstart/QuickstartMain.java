package dev.cdcdelta.stack.quickstart;

import dev.cdcdelta.stack.LocalStack;
import dev.cdcdelta.stack.StackOptions;
import dev.cdcdelta.stack.check.CollectionCheck;
import dev.cdcdelta.stack.command.StackFailures;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The {@code quickstart} command. Exit codes: 0 done or equal, 1 failed or not equal, 2 wrong usage. */
@CommandLine.Command(
        name = "quickstart",
        description = {
            "Starts a local stack, creates pipelines, writes documents to MongoDB and shows them in Delta tables.",
            "Stays up to play with; Ctrl-C stops it. What an earlier quickstart left in the directory is deleted."
        },
        mixinStandardHelpOptions = true)
public final class QuickstartMain implements Callable<Integer> {
    @CommandLine.Option(
            names = "--check",
            description = "Do not stay: compare every document with its row, and exit 0 if all are equal, else 1.")
    private boolean check;

    @CommandLine.Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "quickstart-data",
            description = "Holds everything of the stack (quickstart-data).")
    private Path directory = Path.of("");

    private QuickstartMain() {}

    public static void main(String[] arguments) {
        System.exit(StackFailures.toldBy(new QuickstartMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        StackDirectory stackDirectory = new StackDirectory(directory);
        UsedDirectory.clear(stackDirectory);
        System.out.println("== Starting the stack in " + stackDirectory.root());
        StackOptions options = StackOptions.fromEnvironment(stackDirectory.root(), System.getenv());
        try (LocalStack stack = LocalStack.start(options, System.out::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stack-down"));
            AdminCli cli = new AdminCli(
                    Installation.find().adminCli(), stackDirectory.description(), stackDirectory.data("cli-cache"));
            try (Quickstart quickstart = new Quickstart(stack.description(), cli, System.out::println)) {
                quickstart.insertBeforePipelines();
                quickstart.createPipelines();
                quickstart.change();
                quickstart.awaitTables();
                quickstart.showTables();
                if (check) {
                    return quickstart.check().stream().allMatch(CollectionCheck.Result::isEqual) ? 0 : 1;
                }
            }
            explain(stack, stackDirectory);
            Thread.currentThread().join();
        }
        return 0;
    }

    private static void explain(LocalStack stack, StackDirectory directory) {
        System.out.println();
        System.out.println("== Yours to play with; Ctrl-C stops it");
        System.out.println("  MongoDB    " + stack.description().mongodbUri());
        System.out.println("  Connect    " + stack.description().connectUrl());
        System.out.println("  warehouse  " + stack.description().warehouse());
        System.out.println("In another terminal:");
        System.out.println("  export CONNECT_ADMIN_CONTEXT=" + directory.description());
        System.out.println("  export PATH=" + Installation.find().adminCli().resolveSibling("") + ":$PATH");
        System.out.println("  connect-admin-cli pipeline status " + Quickstart.USERS_PIPELINE);
        System.out.println("  connect-admin-cli query 'SELECT * FROM users'");
    }
}
