package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on loggers. */
@Command(
        name = "loggers",
        description = "Levels of the workers' loggers.",
        subcommands = {LoggersList.class, LoggersGet.class, LoggersSet.class})
final class LoggersCommand extends CommandGroup {}
