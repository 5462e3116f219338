package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on contexts. */
@Command(
        name = "context",
        description = "Contexts: clusters by name, and who you are there.",
        subcommands = {ContextList.class, ContextUse.class, ContextShow.class, ContextAdd.class, ContextRemove.class})
final class ContextCommand extends CommandGroup {}
