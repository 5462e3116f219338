package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on tables. */
@Command(
        name = "table",
        description = "Delta tables of the warehouse, as their logs describe them.",
        subcommands = {TableList.class, TableDescribe.class, TableHistory.class, TableOptimize.class, TableVacuum.class, TableRestore.class, TableReplayCommand.class})
final class TableCommand extends CommandGroup {}
