package dev.cdcdelta.bench.command;

import dev.cdcdelta.bench.load.DocumentSize;
import dev.cdcdelta.stack.StackOptions;
import java.nio.file.Path;
import picocli.CommandLine;

/** What suites that fill a topic with orders have in common. */
final class LoadOptions {
    @CommandLine.Option(
            names = "--size",
            defaultValue = "MEDIUM",
            paramLabel = "SIZE",
            description =
                    "Documents of 300, 1,360 or 3,600 characters: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private DocumentSize size = DocumentSize.MEDIUM;

    @CommandLine.Option(
            names = "--partitions",
            defaultValue = "4",
            paramLabel = "P",
            description = "Of the topic (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Determines all documents and changes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @CommandLine.Option(
            names = "--heap",
            defaultValue = "1g",
            paramLabel = "SIZE",
            description = "Of the worker (default: ${DEFAULT-VALUE}).")
    private String heap = "1g";

    DocumentSize size() {
        return size;
    }

    int partitions() {
        return partitions;
    }

    long seed() {
        return seed;
    }

    /** A stack without a MongoDB. */
    StackOptions stack(Path directory, boolean s3) {
        StackOptions options = StackOptions.fromEnvironment(directory, System.getenv())
                .withoutMongodb()
                .withWorkerHeap(heap);
        return s3 ? options : options.withStorage(new StackOptions.Storage.Files(directory.resolve("warehouse")));
    }
}
