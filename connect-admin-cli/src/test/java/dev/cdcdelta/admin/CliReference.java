package dev.cdcdelta.admin;

import dev.cdcdelta.admin.context.ContextKey;
import dev.cdcdelta.admin.failure.ExitCode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The reference page of the CLI, made of the commands themselves. */
final class CliReference {
    private CliReference() {}

    static String markdown() {
        var page = new StringBuilder("""
                # connect-admin-cli

                A client of Kafka Connect's REST API and a reader of the tables. This page is generated from the commands.

                ## Where everything is

                Each address comes from an option, else from the context, else from the environment, else from its default. Which context:
                `--context`, else `CONNECT_ADMIN_CONTEXT`, else the current one of `context use`. Both take a name of `context list`, or the path
                of a JSON file with one context, such as the `stack.json` of a local stack.

                Contexts by name are in one file, `~/.config/connect-admin-cli/contexts.yaml` (`CONNECT_ADMIN_CONTEXTS` names another). `context
                add` and its sisters write it, without comments; by hand it is YAML or JSON:

                ```yaml
                current: prod
                contexts:
                  prod:
                    connectUrl: https://connect.example.org:8083
                    trust: ca.pem
                    tokenUrl: https://login.example.org/token
                    clientId: admin-cli
                    clientSecret: command:pass show connect/prod
                    warehouse: s3a://lake/prod
                  test:
                    connectUrl: http://localhost:8083
                    user: ann
                    password: env:TEST_PASSWORD
                ```

                Secrets never stand in it. They are named by their place, `file:/path`, `env:NAME` or `command:WORDS` (run by `sh`), whose first
                line they are, and fetched when a command needs them; a secret in clear is refused. Only the JSON file of a local stack, which is
                thrown away with it, holds keys of its own. A token of an OAuth token endpoint lives in memory, until shortly before it expires.

                | Key | Environment | Meaning |
                |---|---|---|
                """);
        for (ContextKey key : ContextKey.values()) {
            page.append("| `")
                    .append(key.label())
                    .append("` | ")
                    .append(variable(key))
                    .append(" | ");
            page.append(key.meaning())
                    .append(key.kind() == ContextKey.Kind.SECRET ? "; by its place" : "")
                    .append(" |\n");
        }
        page.append("""

                Secrets are never printed and never written into a connector: with a `secretsFile` connectors refer to it
                (`${file:<secretsFile>:s3.secret.key}`), without one the workers use credentials of their own, and a MongoDB URI with a
                password is refused.

                ## Output

                `--output table` is for people. `json`, `yaml` and `csv` are for programs and hold every value without loss:

                | Value | JSON and YAML | CSV |
                |---|---|---|
                | integer of up to 64 bits | number, all digits | the same |
                | larger integer, decimal | string, all digits and the scale | the same without quotes |
                | float, double | number, the shortest that reads back to itself; `"NaN"`, `"Infinity"`, `"-Infinity"` | the same |
                | timestamp | string, ISO 8601 in UTC, to the microsecond: `"2023-11-14T22:13:20.123456Z"` | the same |
                | timestamp without zone, date, time | string, ISO 8601 | the same |
                | binary | string, base64 | base64 |
                | struct, array | object, array | compact JSON |
                | null | `null` | empty field; the empty string is `""` |

                A column name that occurs twice in a result gets a suffix (`a`, `a_1`). JSON rows are one array with one object a line.

                ## Failures

                Standard error tells the problem, its cause and the remedy, one a line. Exit codes:

                | Code | Meaning |
                |---|---|
                """);
        for (ExitCode code : ExitCode.values()) {
            page.append("| ")
                    .append(code.number())
                    .append(" | ")
                    .append(code.meaning())
                    .append(" |\n");
        }
        page.append("\n## Commands\n");
        append(page, ConnectAdminCli.commandLine(Map.of()));
        return page.toString();
    }

    private static String variable(ContextKey key) {
        return switch (key) {
            case CONNECT_URL -> "`CONNECT_URL`";
            case TOKEN -> "`CONNECT_TOKEN`";
            case USER -> "`CONNECT_USER`";
            case PASSWORD -> "`CONNECT_PASSWORD`";
            case BOOTSTRAP_SERVERS -> "`KAFKA_BOOTSTRAP_SERVERS`";
            case MONGODB_URI -> "`MONGODB_URI`";
            case WAREHOUSE -> "`WAREHOUSE`";
            case S3_ENDPOINT -> "`S3_ENDPOINT`";
            case S3_REGION -> "`S3_REGION`";
            case S3_ACCESS_KEY -> "`S3_ACCESS_KEY`";
            case S3_SECRET_KEY -> "`S3_SECRET_KEY`";
            case SECRETS_FILE -> "`CONNECT_SECRETS_FILE`";
            default -> "";
        };
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n### ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
        page.append(command.getUsageMessage(Help.Ansi.OFF).stripTrailing()).append("\n```\n");
        Set<CommandLine> subcommands =
                new LinkedHashSet<>(command.getSubcommands().values());
        subcommands.stream()
                .filter(subcommand ->
                        !subcommand.getCommandSpec().usageMessage().hidden())
                .forEach(subcommand -> append(page, subcommand));
    }
}
