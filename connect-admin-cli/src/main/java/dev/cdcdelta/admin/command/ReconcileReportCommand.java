package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on one report. */
@Command(
        name = "report",
        description = "The report of one run.",
        subcommands = {ReconcileReportShow.class})
final class ReconcileReportCommand extends CommandGroup {}
