package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on schemas. */
@Command(
        name = "schema",
        description = "Which columns documents ask for, before any is written.",
        subcommands = {SchemaInfer.class, SchemaDiff.class})
final class SchemaCommand extends CommandGroup {}
