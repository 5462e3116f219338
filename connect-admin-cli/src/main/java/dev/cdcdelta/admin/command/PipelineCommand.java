package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on pipelines. */
@Command(
        name = "pipeline",
        description = "Pipelines: a Debezium source and a Delta sink under one name, and a reconciliation if you like.",
        subcommands = {
            PipelineCreate.class,
            PipelineList.class,
            PipelineStatus.class,
            PipelineLagCommand.class,
            PipelineLogs.class,
            PipelinePause.class,
            PipelineResume.class,
            PipelineStop.class,
            PipelineRestart.class,
            PipelineDelete.class
        })
final class PipelineCommand extends CommandGroup {}
