package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on offsets. */
@Command(
        name = "offsets",
        description = "Offsets: where a connector stands in what it reads.",
        subcommands = {OffsetsShow.class, OffsetsSet.class, OffsetsReset.class})
final class OffsetsCommand extends CommandGroup {}
