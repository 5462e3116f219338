package dev.cdcdelta.stack.quickstart;

import com.mongodb.client.MongoClient;
import dev.cdcdelta.stack.check.CollectionCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/** Compares collections with their tables, document by document, and prints what was compared. */
public final class TableCheck {
    private final MongoClient mongodb;
    private final AdminCli cli;

    public TableCheck(MongoClient mongodb, AdminCli cli) {
        this.mongodb = mongodb;
        this.cli = cli;
    }

    public List<CollectionCheck.Result> compare(String database, List<String> collections) {
        List<CollectionCheck.Result> results = new ArrayList<>();
        for (String collection : collections) {
            CollectionCheck check = new CollectionCheck(database + "." + collection);
            mongodb.getDatabase(database)
                    .getCollection(collection, RawBsonDocument.class)
                    .find()
                    .forEach(check::addDocument);
            cli.query("SELECT * FROM \"" + database + "\".\"" + collection + "\"", check::addRow);
            results.add(check.result());
        }
        return results;
    }

    public static void print(List<CollectionCheck.Result> results, Consumer<String> output) {
        String format = "%-26s %10s %8s %8s %8s %6s %10s";
        output.accept(
                String.format(format, "collection", "documents", "rows", "equal", "missing", "extra", "different"));
        for (CollectionCheck.Result result : results) {
            output.accept(String.format(
                    format,
                    result.collection(),
                    result.documents(),
                    result.rows(),
                    result.equal(),
                    result.missing(),
                    result.extra(),
                    result.different()));
        }
        results.stream().flatMap(result -> result.examples().stream()).forEach(output);
        boolean equal = results.stream().allMatch(CollectionCheck.Result::isEqual);
        output.accept(
                equal ? "Every document is in its table, and nothing else." : "The tables are not equal to MongoDB.");
    }
}
