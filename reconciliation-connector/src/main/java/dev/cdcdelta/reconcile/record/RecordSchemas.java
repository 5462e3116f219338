package dev.cdcdelta.reconcile.record;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The types of what is written. Fields are added at the end, optional; none is renamed or taken out. */
final class RecordSchemas {
    private static final String PREFIX = "dev.cdcdelta.reconcile.";

    static final Schema FINDING_KEY = SchemaBuilder.struct()
            .name(PREFIX + "FindingKey")
            .field("run", Schema.STRING_SCHEMA)
            .field("database", Schema.STRING_SCHEMA)
            .field("collection", Schema.STRING_SCHEMA)
            .field("key", Schema.STRING_SCHEMA)
            .build();

    static final Schema FINDING = SchemaBuilder.struct()
            .name(PREFIX + "Finding")
            .field("run", Schema.STRING_SCHEMA)
            .field("database", Schema.STRING_SCHEMA)
            .field("collection", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("key", Schema.STRING_SCHEMA)
            .field("class", Schema.STRING_SCHEMA)
            .field("range", Schema.INT32_SCHEMA)
            .field("source_hash", Schema.OPTIONAL_STRING_SCHEMA)
            .field("table_hash", Schema.OPTIONAL_STRING_SCHEMA)
            .field("rows", Schema.INT32_SCHEMA)
            .field("row_source_time_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("row_source_ordinal", Schema.OPTIONAL_INT32_SCHEMA)
            .field("operation_time", Schema.INT64_SCHEMA)
            .field("table_version", Schema.INT64_SCHEMA)
            .field("paths", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field(
                    "source_values",
                    SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field(
                    "table_values",
                    SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field("repair", Schema.STRING_SCHEMA)
            .field("detail", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    static final Schema PROGRESS_KEY = SchemaBuilder.struct()
            .name(PREFIX + "ProgressKey")
            .field("database", Schema.STRING_SCHEMA)
            .field("collection", Schema.STRING_SCHEMA)
            .field("range", Schema.INT32_SCHEMA)
            .build();

    static final Schema PROGRESS = counts(SchemaBuilder.struct()
                    .name(PREFIX + "Progress")
                    .field("run", Schema.STRING_SCHEMA)
                    .field("database", Schema.STRING_SCHEMA)
                    .field("collection", Schema.STRING_SCHEMA)
                    .field("range", Schema.INT32_SCHEMA)
                    .field("ranges", Schema.INT32_SCHEMA))
            .build();

    static final Schema REPORT_KEY = SchemaBuilder.struct()
            .name(PREFIX + "ReportKey")
            .field("run", Schema.STRING_SCHEMA)
            .field("database", Schema.STRING_SCHEMA)
            .field("collection", Schema.STRING_SCHEMA)
            .build();

    static final Schema REPORT = counts(SchemaBuilder.struct()
                    .name(PREFIX + "Report")
                    .field("run", Schema.STRING_SCHEMA)
                    .field("database", Schema.STRING_SCHEMA)
                    .field("collection", Schema.STRING_SCHEMA)
                    .field("table", Schema.STRING_SCHEMA)
                    .field("verdict", Schema.STRING_SCHEMA)
                    .field("ranges", Schema.INT32_SCHEMA)
                    .field("verified_through_ms", Schema.OPTIONAL_INT64_SCHEMA)
                    .field("documents_per_second", Schema.FLOAT64_SCHEMA)
                    .field("bytes_per_second", Schema.FLOAT64_SCHEMA))
            .build();

    private RecordSchemas() {}

    private static SchemaBuilder counts(SchemaBuilder builder) {
        for (String field : new String[] {
            "documents",
            "bytes",
            "rows",
            "missing",
            "extra",
            "different",
            "duplicate",
            "hot",
            "unexamined",
            "repaired",
            "operation_time",
            "table_version",
            "started_ms",
            "ended_ms"
        }) {
            builder.field(field, Schema.INT64_SCHEMA);
        }
        return builder.field("failure", Schema.OPTIONAL_STRING_SCHEMA);
    }
}
