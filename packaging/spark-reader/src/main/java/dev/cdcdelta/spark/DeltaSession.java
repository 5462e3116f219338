package dev.cdcdelta.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A Spark session in this JVM with Delta Lake's extension. */
final class DeltaSession {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
            Map.entry("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
            // Tables are small and the machine is shared: the default of 200 partitions only costs time.
            Map.entry("spark.sql.shuffle.partitions", "2"),
            Map.entry("spark.databricks.delta.snapshotPartitions", "2"),
            // VACUUM lists a table in so many tasks, 10,000 by default, however small it is.
            Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"),
            Map.entry("spark.sql.session.timeZone", "UTC"),
            Map.entry("spark.ui.enabled", "false"),
            // Else Spark leaves a spark-warehouse in the caller's directory.
            Map.entry("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/spark-reader-warehouse"),
            Map.entry("spark.ui.showConsoleProgress", "false"),
            // How many batches of a stream are told about at its end.
            Map.entry("spark.sql.streaming.numRecentProgressUpdates", "10000"),
            Map.entry("spark.driver.host", "127.0.0.1"),
            Map.entry("spark.driver.bindAddress", "127.0.0.1"),
            // The default S3A stream of hadoop-aws 3.5.0 may serve old bytes of an overwritten object.
            Map.entry("spark.hadoop.fs.s3a.input.stream.type", "classic"));

    private DeltaSession() {}

    static SparkSession open(Map<String, String> settings) {
        SparkSession.Builder builder =
                SparkSession.builder().appName("spark-reader").master("local[2]");
        DEFAULTS.forEach(builder::config);
        settings.forEach(builder::config);
        return builder.getOrCreate();
    }
}
