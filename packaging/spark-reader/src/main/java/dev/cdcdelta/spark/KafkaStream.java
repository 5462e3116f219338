package dev.cdcdelta.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Streams change events from a topic into a Delta table, as a user of Spark would write it: what this project is measured beside. */
@Command(
        name = "spark-reader stream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Streams Debezium's change events from a Kafka topic into a Delta table with deletion vectors.",
            "Each line of standard input is a command: MODE MAX, with MODE append (Spark's Delta sink), load (append in"
                    + " foreachBatch), merge (MERGE in foreachBatch) or count, and MAX the records of a batch. It consumes"
                    + " what the topic holds beyond the last command, and is answered by a line of JSON."
        })
public final class KafkaStream implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StructType RECORD = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("offset", DataTypes.LongType);

    private enum Mode {
        APPEND,
        LOAD,
        MERGE,
        COUNT
    }

    @Option(names = "--location", required = true, description = "file:///path/table or s3a://bucket/path/table")
    private String location = "";

    @Option(names = "--checkpoint", required = true, description = "directory in which Spark keeps its offsets")
    private Path checkpoint = Path.of("");

    @Option(names = "--bootstrap-servers", required = true, description = "of Kafka")
    private String bootstrapServers = "";

    @Option(names = "--topic", required = true, description = "is read from its beginning")
    private String topic = "";

    @Option(names = "--document", required = true, description = "type of the document, as Spark's DDL")
    private String document = "";

    @Option(
            names = "--column",
            required = true,
            description = "NAME=EXPRESSION over the document d; the first is the key")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--conf", description = "Spark setting KEY=VALUE")
    private Map<String, String> settings = Map.of();

    private final PrintStream output;

    private KafkaStream(PrintStream output) {
        this.output = output;
    }

    public static void main(String[] arguments) {
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        System.exit(new CommandLine(new KafkaStream(output)).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, TimeoutException, StreamingQueryException {
        ChangeRows changes = new ChangeRows(document, columns);
        try (SparkSession spark = DeltaSession.open(settings);
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            changes.images(spark.createDataFrame(List.of(), RECORD))
                    .write()
                    .format("delta")
                    .option("delta.enableDeletionVectors", "true")
                    .save(location);
            output.println("{}");
            // The end of the input is the end of whoever started this.
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.trim().split(" ", 2);
                Mode mode = Mode.valueOf(words[0].toUpperCase(Locale.ROOT));
                Map<String, Object> answer = mode == Mode.COUNT
                        ? Map.of(
                                "rows",
                                spark.read().format("delta").load(location).count())
                        : stream(spark, changes, mode, Long.parseLong(words[1]));
                output.println(JSON.writeValueAsString(answer));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Map<String, Object> stream(SparkSession spark, ChangeRows changes, Mode mode, long most)
            throws TimeoutException, StreamingQueryException {
        Dataset<Row> records = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", bootstrapServers)
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", most)
                .load();
        StreamingQuery query = start(changes, mode, records);
        query.awaitTermination();
        long count = 0;
        long batches = 0;
        long millis = 0;
        for (StreamingQueryProgress progress : query.recentProgress()) {
            if (progress.numInputRows() > 0) {
                count += progress.numInputRows();
                batches++;
                millis += progress.batchDuration();
            }
        }
        return Map.of("records", count, "batches", batches, "batchSeconds", batches == 0 ? 0 : millis / 1e3 / batches);
    }

    private StreamingQuery start(ChangeRows changes, Mode mode, Dataset<Row> records) throws TimeoutException {
        if (mode == Mode.APPEND) {
            return when(changes.images(records).writeStream().format("delta")).start(location);
        }
        return when(records.writeStream().foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, number) -> {
                    if (mode == Mode.LOAD) {
                        changes.images(batch)
                                .write()
                                .format("delta")
                                .mode("append")
                                .save(location);
                    } else {
                        changes.latest(batch).createOrReplaceTempView("changes");
                        batch.sparkSession().sql(changes.merge("delta.`" + location + "`", "changes"));
                    }
                }))
                .start();
    }

    /** One batch after the other until all is consumed. */
    private <T> DataStreamWriter<T> when(DataStreamWriter<T> writer) {
        return writer.option("checkpointLocation", checkpoint.toUri().toString())
                .trigger(Trigger.AvailableNow());
    }
}
