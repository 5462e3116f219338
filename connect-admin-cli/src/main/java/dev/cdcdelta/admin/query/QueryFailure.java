package dev.cdcdelta.admin.query;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.sql.SQLException;

/** DuckDB's errors as ours. */
final class QueryFailure {
    private QueryFailure() {}

    static CommandException of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        boolean missing = message.startsWith("Catalog Error: Table with name");
        return new CommandException(
                missing ? ExitCode.NOT_FOUND : ExitCode.USAGE,
                missing ? "The statement names a table that does not exist." : "DuckDB refuses the statement.",
                message,
                missing
                        ? "'table list' shows the tables of the warehouse."
                        : "Correct the statement; 'table describe TABLE' shows the columns and their types.",
                e);
    }
}
