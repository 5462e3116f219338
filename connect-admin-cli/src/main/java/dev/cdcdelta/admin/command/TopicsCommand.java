package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on topics of connectors. */
@Command(
        name = "topics",
        description = "Topics that connectors have read or written.",
        subcommands = {TopicsList.class})
final class TopicsCommand extends CommandGroup {}
