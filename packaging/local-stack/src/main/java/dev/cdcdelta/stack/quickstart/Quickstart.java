package dev.cdcdelta.stack.quickstart;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.cdcdelta.stack.StackDescription;
import dev.cdcdelta.stack.check.CollectionCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The tour through a running stack: pipelines, data, lag, queries, and the comparison. */
public final class Quickstart implements AutoCloseable {
    static final String USERS_PIPELINE = Users.DATABASE + "-" + Users.COLLECTION;
    static final String SAMPLES_PIPELINE = Datasets.DATABASE;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final AdminCli cli;
    private final Consumer<String> output;
    private final MongoClient mongodb;
    private final CatchUp catchUp;
    private final Users users;
    private final List<DatasetLoad> datasets;

    public Quickstart(StackDescription stack, AdminCli cli, Consumer<String> output) {
        this.cli = cli;
        this.output = output;
        this.mongodb = MongoClients.create(stack.mongodbUri());
        this.catchUp = new CatchUp(cli, new SourceProgress(stack.connectUrl()), output, PATIENCE);
        this.users = new Users(mongodb.getDatabase(Users.DATABASE));
        this.datasets = Datasets.names().stream()
                .map(name -> new DatasetLoad(mongodb.getDatabase(Datasets.DATABASE), name))
                .toList();
    }

    /** Documents that are there before the pipelines are, so that the snapshot has something to read. */
    public void insertBeforePipelines() {
        step("Writing documents to MongoDB, for the snapshot");
        users.insertFirst();
        datasets.forEach(DatasetLoad::insertFirstHalf);
    }

    public void createPipelines() {
        step("Creating the pipelines");
        create(Users.DATABASE, USERS_PIPELINE, List.of(Users.COLLECTION));
        create(Datasets.DATABASE, SAMPLES_PIPELINE, Datasets.names());
    }

    /** New documents and changes while the pipelines run. */
    public void change() {
        step("Inserting, updating, replacing and deleting documents");
        users.change();
        datasets.forEach(DatasetLoad::insertSecondHalf);
        datasets.forEach(DatasetLoad::change);
    }

    public void awaitTables() throws InterruptedException {
        step("Waiting until the tables have caught up");
        catchUp.await(mongodb, List.of(USERS_PIPELINE, SAMPLES_PIPELINE));
    }

    public void showTables() {
        step("What DuckDB reads");
        show("SELECT _id, name, age, email, address.city AS city FROM users ORDER BY _id");
        show(
                "SELECT status.deprecated AS deprecated, count(*) AS features FROM web_features GROUP BY ALL ORDER BY ALL");
        show("SELECT tags, spec_url FROM web_features WHERE _id = 'api.AbortController.abort'");
    }

    /** All collections against all tables. */
    public List<CollectionCheck.Result> check() {
        step("Comparing every document with its row");
        TableCheck check = new TableCheck(mongodb, cli);
        List<CollectionCheck.Result> results =
                new ArrayList<>(check.compare(Users.DATABASE, List.of(Users.COLLECTION)));
        results.addAll(check.compare(Datasets.DATABASE, Datasets.names()));
        TableCheck.print(results, output);
        return results;
    }

    @Override
    public void close() {
        mongodb.close();
    }

    private void create(String database, String name, List<String> collections) {
        List<String> arguments = new ArrayList<>(List.of("pipeline", "create", "--database", database, "--name", name));
        for (String collection : collections) {
            arguments.add("--collection");
            arguments.add(collection);
        }
        // Sooner than the default of ten seconds, for a reader who waits.
        arguments.addAll(List.of("--set", "sink.commit.interval.ms=2000"));
        output.accept("$ connect-admin-cli " + String.join(" ", arguments));
        cli.run(arguments.toArray(String[]::new));
    }

    private void show(String sql) {
        output.accept("$ connect-admin-cli query \"" + sql + "\"");
        cli.run("query", "--cache-dir", cli.cache().toString(), sql);
    }

    private void step(String title) {
        output.accept("");
        output.accept("== " + title);
    }
}
