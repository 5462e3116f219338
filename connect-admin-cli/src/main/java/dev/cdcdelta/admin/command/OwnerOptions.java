package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.pipeline.Ownership;
import picocli.CommandLine.Option;

/** Whose connectors files are about. */
final class OwnerOptions {
    @Option(
            names = "--owner",
            defaultValue = "default",
            paramLabel = "NAME",
            description = "Whose connectors these are (default); a set of files of its own has an owner of its own.")
    private String name = "default";

    @Option(names = "--prune", description = "Delete connectors of this owner that are in none of the files.")
    private boolean prune;

    Ownership ownership() {
        return new Ownership(name);
    }

    boolean isPruned() {
        return prune;
    }
}
