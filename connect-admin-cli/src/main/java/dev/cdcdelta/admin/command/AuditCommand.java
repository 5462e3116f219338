package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on the audit log. */
@Command(
        name = "audit",
        description = "The audit log of a secured REST API.",
        subcommands = {AuditVerify.class})
final class AuditCommand extends CommandGroup {}
