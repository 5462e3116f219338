package dev.cdcdelta.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads a Delta table, or runs statements against it, with Spark in local mode. */
@Command(
        name = "spark-reader",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reads or changes a Delta table with Spark; prints rows as JSON lines on standard output.",
        footer = {
            "",
            "Statements run first, in order; each one's result rows are printed. Rows of the table are printed",
            "when no statement is given, or when --sql is. Exit status: 0 done, 1 Spark failed, 2 wrong usage."
        })
public final class SparkReader implements Callable<Integer> {

    @Option(names = "--location", required = true, description = "file:///path/table or s3a://bucket/path/table")
    private String location = "";

    @Option(names = "--execute", description = "statement to run; {table} stands for the table; may be repeated")
    private List<String> statements = List.of();

    @Option(
            names = "--retries",
            defaultValue = "0",
            description = "how often a statement is run again that lost a race against another writer; default: 0")
    private int retries;

    @Option(names = "--sql", description = "query over the view t, which is the table; default: SELECT * FROM t")
    private @Nullable String query;

    @Option(names = "--order-by", description = "SQL expressions by which the query's rows are ordered")
    private @Nullable String orderBy;

    @Option(names = "--schema", description = "print the query's schema as Spark's JSON instead of its rows")
    private boolean schemaOnly;

    @Option(names = "--conf", description = "Spark setting KEY=VALUE, for example spark.hadoop.fs.s3a.endpoint=...")
    private Map<String, String> settings = Map.of();

    private final PrintStream output;

    SparkReader(PrintStream output) {
        this.output = output;
    }

    public static void main(String[] arguments) {
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // Spark prints remarks of its own, VACUUM's among them: they are no rows.
        System.setOut(System.err);
        int status = new CommandLine(new SparkReader(output)).execute(arguments);
        output.flush();
        System.exit(status);
    }

    @Override
    public Integer call() throws IOException {
        try (SparkSession spark = DeltaSession.open(settings)) {
            String table = "delta.`" + location + "`";
            for (String statement : statements) {
                JsonRows.print(run(spark, statement.replace("{table}", table)), output);
            }
            if (statements.isEmpty() || query != null) {
                read(spark);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** Spark gives a statement up when somebody else has committed rows that it might have had to see. */
    private Dataset<Row> run(SparkSession spark, String statement) {
        for (int retry = 0; ; retry++) {
            try {
                return spark.sql(statement);
            } catch (ConcurrentModificationException lostRace) {
                if (retry >= retries) {
                    throw lostRace;
                }
            }
        }
    }

    private void read(SparkSession spark) {
        spark.read().format("delta").load(location).createOrReplaceTempView("t");
        Dataset<Row> rows = spark.sql(query == null ? "SELECT * FROM t" : query);
        if (orderBy != null) {
            rows.createOrReplaceTempView("unordered");
            rows = spark.sql("SELECT * FROM unordered ORDER BY " + orderBy);
        }
        if (schemaOnly) {
            output.println(rows.schema().json());
        } else {
            JsonRows.print(rows, output);
        }
    }
}
