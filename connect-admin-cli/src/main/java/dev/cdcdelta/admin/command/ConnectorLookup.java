package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;

/** What is said of a connector that a command line names and the cluster does not have. */
final class ConnectorLookup {
    private ConnectorLookup() {}

    static CommandException missing(String name) {
        return new CommandException(
                ExitCode.NOT_FOUND,
                "There is no connector '" + name + "'.",
                "",
                "Name one that 'connector list' shows.");
    }
}
