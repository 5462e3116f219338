package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on storage. */
@Command(
        name = "storage",
        description = "The storage of the tables.",
        subcommands = {StorageCheck.class})
final class StorageCommand extends CommandGroup {}
