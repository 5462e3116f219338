package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on dead letters. */
@Command(
        name = "dlq",
        description = "Dead letters: what a sink refused, why, and back into its topic.",
        subcommands = {DlqList.class, DlqShow.class, DlqReplay.class})
final class DlqCommand extends CommandGroup {}
