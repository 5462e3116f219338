package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.context.Secret;
import dev.cdcdelta.admin.documents.CollectionDocuments;
import dev.cdcdelta.admin.documents.DocumentFile;
import dev.cdcdelta.admin.documents.DocumentSource;
import dev.cdcdelta.admin.documents.TopicDocuments;
import dev.cdcdelta.admin.failure.CommandException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say which documents are looked at. */
final class DocumentsFrom {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--limit", defaultValue = "100000", paramLabel = "N", description = "Most documents read (100000).")
    private long limit;

    @Option(
            names = "--sample",
            defaultValue = "0",
            paramLabel = "N",
            description = "Of a collection: so many documents, chosen by MongoDB.")
    private int sample;

    private static final class Source {
        @Option(
                names = "--topic",
                paramLabel = "TOPIC",
                description = "Topic of Debezium's MongoDB connector, with JSON values; read from its beginning.")
        private @Nullable String topic;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "File of extended JSON, such as mongoexport writes (also .gz).")
        private @Nullable Path file;

        @Option(
                names = "--collection",
                paramLabel = "DATABASE.COLLECTION",
                description = "Collection in MongoDB, read from this machine.")
        private @Nullable String collection;
    }

    long limit() {
        return limit;
    }

    DocumentSource open(Context context) {
        if (limit < 1 || sample < 0) {
            throw CommandException.usage("--limit and --sample are numbers of documents.", "Give one above 0.");
        }
        if (source.file != null) {
            return new DocumentFile(source.file);
        }
        if (source.topic != null) {
            String bootstrapServers = context.bootstrap()
                    .orElseThrow(() -> CommandException.usage(
                            "No Kafka is known.",
                            "Give --bootstrap-servers HOST:PORT, or a context file with bootstrapServers."));
            return TopicDocuments.of(bootstrapServers, source.topic);
        }
        return new CollectionDocuments(mongodb(context), String.valueOf(source.collection), sample);
    }

    private static String mongodb(Context context) {
        Secret uri = context.mongodbUri();
        if (uri == null || uri.value().contains("${")) {
            throw CommandException.usage(
                    "No MongoDB is known that this program could read.",
                    "Give --mongodb-uri mongodb://host:port, MONGODB_URI, or a context file with mongodbUri.");
        }
        return uri.value();
    }
}
