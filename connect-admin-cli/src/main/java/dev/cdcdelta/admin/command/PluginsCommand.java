package dev.cdcdelta.admin.command;

import picocli.CommandLine.Command;

/** Group of the verbs on plugins. */
@Command(
        name = "plugins",
        description = "Plugins that the workers have.",
        subcommands = {PluginsList.class, PluginsShow.class})
final class PluginsCommand extends CommandGroup {}
