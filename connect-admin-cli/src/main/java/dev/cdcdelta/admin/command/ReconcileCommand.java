package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on reconciliation. */
@Command(
        name = "reconcile",
        description = "Reconciliation: whether tables equal their collections, run by the reconciliation connector.",
        subcommands = {
            ReconcileRun.class,
            ReconcileStatus.class,
            ReconcileReports.class,
            ReconcileReportCommand.class,
            ReconcileFindings.class,
            ReconcileRerun.class
        })
final class ReconcileCommand extends CommandGroup {}
