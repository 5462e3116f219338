package dev.cdcdelta.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A Spark session in this JVM with Delta Lake's extension. */
final class DeltaSession {

    private static final Map<String, String> DEFAULTS = Map.of(
            "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            // Tables are small and the machine is shared: the default of 200 partitions only costs time.
            "spark.sql.shuffle.partitions", "2",
            "spark.databricks.delta.snapshotPartitions", "2",
            "spark.sql.session.timeZone", "UTC",
            "spark.ui.enabled", "false",
            // Else Spark leaves a spark-warehouse in the caller's directory.
            "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/spark-reader-warehouse",
            "spark.ui.showConsoleProgress", "false",
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            // The default S3A stream of hadoop-aws 3.5.0 may serve old bytes of an overwritten object.
            "spark.hadoop.fs.s3a.input.stream.type", "classic");

    private DeltaSession() {}

    static SparkSession open(Map<String, String> settings) {
        SparkSession.Builder builder =
                SparkSession.builder().appName("spark-reader").master("local[2]");
        DEFAULTS.forEach(builder::config);
        settings.forEach(builder::config);
        return builder.getOrCreate();
    }
}
