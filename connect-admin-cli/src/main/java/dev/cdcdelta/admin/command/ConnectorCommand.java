package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on connectors. */
@Command(
        name = "connector",
        description = "Connectors of any kind, one by one.",
        subcommands = {
            ConnectorList.class,
            ConnectorShow.class,
            ConnectorConfig.class,
            ConnectorStatusCommand.class,
            ConnectorCreate.class,
            ConnectorUpdate.class,
            ConnectorDelete.class,
            ConnectorPause.class,
            ConnectorResume.class,
            ConnectorStop.class,
            ConnectorRestart.class
        })
final class ConnectorCommand extends CommandGroup {}
