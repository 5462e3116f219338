package dev.cdcdelta.admin;

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

                Each address comes from an option, else from the context file (`--context FILE` or `CONNECT_ADMIN_CONTEXT`), else from
                the environment, else from its default. A context file is JSON; a local stack writes one as `stack.json`:

                | Key | Environment | Meaning |
                |---|---|---|
                | `connectUrl` | `CONNECT_URL` | Connect's REST API, `http://localhost:8083` by default |
                | | `CONNECT_TOKEN` | bearer token of a secured REST API |
                | `bootstrapServers` | `KAFKA_BOOTSTRAP_SERVERS` | Kafka; for lag, replay and the schemas of topics |
                | `mongodbUri` | `MONGODB_URI` | MongoDB for new pipelines, and the schemas of collections |
                | `warehouse` | `WAREHOUSE` | `s3a://bucket/path` or `file:///path` |
                | `s3Endpoint` | `S3_ENDPOINT` | S3-compatible store; not needed for AWS |
                | `s3Region` | `S3_REGION` | region of the bucket |
                | `s3AccessKey` | `S3_ACCESS_KEY` | key with which this program reads tables; AWS's usual sources work too |
                | `s3SecretKey` | `S3_SECRET_KEY` | its secret |
                | `secretsFile` | `CONNECT_SECRETS_FILE` | properties file on the workers with `mongodb.uri`, `s3.access.key`, `s3.secret.key` |

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

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n### ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
        page.append(command.getUsageMessage(Help.Ansi.OFF).stripTrailing()).append("\n```\n");
        Set<CommandLine> subcommands =
                new LinkedHashSet<>(command.getSubcommands().values());
        subcommands.forEach(subcommand -> append(page, subcommand));
    }
}
