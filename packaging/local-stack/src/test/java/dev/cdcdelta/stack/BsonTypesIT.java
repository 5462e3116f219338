package dev.cdcdelta.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.cdcdelta.stack.client.ConnectRest;
import dev.cdcdelta.stack.client.SparkProcess;
import dev.cdcdelta.stack.quickstart.AdminCli;
import dev.cdcdelta.stack.service.Installation;
import dev.cdcdelta.stack.service.StackDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every BSON type at every place, from MongoDB through Debezium to the table, and from Debezium's exact text, which tells of types too
 * that a server at hand may not hold; read by DuckDB and by Spark.
 */
class BsonTypesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLACES = List.of("top", "nested", "array", "documents");

    @TempDir
    static Path directory;

    private static LocalStack stack;
    private static ConnectRest connect;
    private static AdminCli cli;
    private static MongoClient mongodb;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(StackUnderTest.in(directory));
        connect = new ConnectRest(stack.description().connectUrl());
        StackDirectory files = new StackDirectory(directory);
        cli = new AdminCli(Installation.find().adminCli(), files.description(), files.data("cli-cache"));
        mongodb = MongoClients.create(stack.description().mongodbUri());
    }

    @AfterAll
    static void stop() {
        // Containers that cannot be had end the start early.
        if (stack != null) {
            mongodb.close();
            stack.close();
        }
    }

    @Test
    void everyTypeComesFromMongoDbToEveryPlace() throws Exception {
        MongoCollection<BsonDocument> collection =
                mongodb.getDatabase("types").getCollection("live", BsonDocument.class);
        List<BsonCells.Cell> held = held(collection);
        BsonDocument document = new BsonDocument("_id", new BsonString("whole"));
        BsonDocument nested = new BsonDocument();
        for (BsonCells.Cell cell : held) {
            document.append("top_" + cell.name(), cell.value());
            document.append("array_" + cell.name(), new BsonArray(List.of(cell.value())));
            nested.append(cell.name(), cell.value());
        }
        collection.insertOne(
                document.append("nested", nested).append("documents", new BsonArray(List.of(nested.clone()))));
        cli.run(
                "pipeline",
                "create",
                "--database",
                "types",
                "--collection",
                "live",
                "--set",
                "sink.commit.interval.ms=1000");

        List<BsonCells.Cell> cells =
                BsonCells.ALL.stream().filter(held::contains).toList();
        assertPlaces("types.live", "types/live", cells);
        System.out.println(
                "BSON types through MongoDB: " + names(cells) + "; " + PLACES + "; DuckDB = Spark = expected");
    }

    /** What the server at hand takes. */
    private static List<BsonCells.Cell> held(MongoCollection<BsonDocument> collection) {
        List<BsonCells.Cell> held = new ArrayList<>();
        for (List<BsonCells.Cell> cells : List.of(BsonCells.ALL, BsonCells.NONE)) {
            for (BsonCells.Cell cell : cells) {
                try {
                    BsonDocument one = new BsonDocument("_id", new BsonString("try")).append("v", cell.value());
                    collection.insertOne(one);
                    if (one.equals(collection.find().first())) {
                        held.add(cell);
                    }
                } catch (MongoException refused) {
                    System.out.println("The server refuses " + cell.name() + ": " + refused.getMessage());
                } finally {
                    collection.deleteMany(new BsonDocument());
                }
            }
        }
        assertThat(held).hasSizeGreaterThan(15);
        return held;
    }

    @Test
    void everyTypeComesFromDebeziumsTextToEveryPlace() throws Exception {
        Map<String, String> top = new LinkedHashMap<>();
        Map<String, String> nested = new LinkedHashMap<>();
        List<BsonCells.Cell> all = new ArrayList<>(BsonCells.ALL);
        all.addAll(BsonCells.NONE);
        for (BsonCells.Cell cell : all) {
            top.put("top_" + cell.name(), cell.debezium());
            top.put("array_" + cell.name(), "[" + cell.debezium() + "]");
            nested.put(cell.name(), cell.debezium());
        }
        top.put("nested", text(nested));
        top.put("documents", "[" + text(nested) + "]");
        top.put("mixed_nulls", "[1,null,{\"$undefined\":true}]");
        Map<String, String> whole = new LinkedHashMap<>();
        whole.put("_id", "\"whole\"");
        whole.putAll(top);
        produce("exact.types.text", "types", "text", "\"whole\"", text(whole));
        connect.putConnector("exact", SinkSettings.of(stack.description(), "exact", "exact.types.text"));

        assertThat(typesOf(all))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(BsonType.END_OF_DOCUMENT)));
        assertPlaces("types.text", "types/text", BsonCells.ALL);
        Map<String, String> columns = columns("types.text");
        for (BsonCells.Cell cell : BsonCells.NONE) {
            assertThat(columns)
                    .doesNotContainKeys(
                            "top_" + cell.name(),
                            "array_" + cell.name(),
                            "nested." + cell.name(),
                            "documents[]." + cell.name());
        }
        List<JsonNode> rows = new ArrayList<>();
        cli.query("SELECT len(mixed_nulls) AS n, mixed_nulls[2] AS second FROM types.text", rows::add);
        assertThat(rows.get(0).get("n").asInt()).isEqualTo(3);
        assertThat(rows.get(0).get("second").isNull()).isTrue();
        System.out.println("BSON types from Debezium's text: " + names(BsonCells.ALL) + "; " + PLACES
                + "; DuckDB = Spark = expected");
    }

    @Test
    void everyTypeMayBeAnId() throws Exception {
        List<BsonCells.Cell> ids = Stream.of(BsonCells.ALL, BsonCells.NONE)
                .flatMap(List::stream)
                .filter(BsonCells.Cell::mayBeId)
                .toList();
        for (BsonCells.Cell cell : ids) {
            produce(
                    "ids.ids." + cell.name(),
                    "ids",
                    cell.name(),
                    cell.debezium(),
                    "{\"_id\":" + cell.debezium() + ",\"v\":1}");
        }
        Map<String, String> settings = SinkSettings.of(stack.description(), "ids", "");
        settings.remove("topics");
        settings.put("topics.regex", "ids\\.ids\\..*");
        connect.putConnector("ids", settings);
        assertIds("ids", ids);
        assertThat(typesOf(ids)).containsExactlyInAnyOrderElementsOf(POSSIBLE_IDS);
        System.out.println("BSON types as _id, from Debezium's text: " + names(ids) + "; DuckDB = Spark = expected");
    }

    @Test
    void everyTypeThatMongoDbHoldsComesFromItAsAnId() throws Exception {
        List<BsonCells.Cell> ids = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("pipeline", "create", "--database", "liveids"));
        for (BsonCells.Cell cell : BsonCells.ALL) {
            MongoCollection<BsonDocument> collection =
                    mongodb.getDatabase("liveids").getCollection(cell.name(), BsonDocument.class);
            if (cell.mayBeId() && holdsAsId(collection, cell)) {
                ids.add(cell);
                command.addAll(List.of("--collection", cell.name()));
            }
        }
        assertThat(ids).hasSizeGreaterThan(12);
        command.addAll(List.of("--set", "sink.commit.interval.ms=1000"));
        cli.run(command.toArray(String[]::new));
        assertIds("liveids", ids);
        System.out.println("BSON types as _id, through MongoDB: " + names(ids) + "; DuckDB = Spark = expected");
    }

    private static boolean holdsAsId(MongoCollection<BsonDocument> collection, BsonCells.Cell cell) {
        try {
            BsonDocument one = new BsonDocument("_id", cell.value()).append("v", new BsonInt32(1));
            collection.insertOne(one);
            return one.equals(collection.find().first());
        } catch (MongoException refused) {
            System.out.println("The server refuses the _id " + cell.name() + ": " + refused.getMessage());
            return false;
        }
    }

    private void assertIds(String database, List<BsonCells.Cell> ids) throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> duckDb = new LinkedHashMap<>();
        Map<String, String> spark = new LinkedHashMap<>();
        List<String> forDuckDb = new ArrayList<>();
        List<String> selects = new ArrayList<>();
        for (BsonCells.Cell cell : ids) {
            expected.put(cell.name(), idText(cell));
            String name = "SELECT '" + cell.name() + "' AS name, ";
            forDuckDb.add(name + idForm(cell).inDuckDb("_id") + " AS id FROM " + database + "." + cell.name());
            selects.add(name + idForm(cell).inSpark("_id") + " AS id FROM delta.`"
                    + stack.description().warehouse() + "/" + database + "/" + cell.name() + "`");
        }
        await("the tables of " + database)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    duckDb.clear();
                    cli.query(
                            String.join(" UNION ALL ", forDuckDb),
                            row -> duckDb.put(row.get("name").asText(), text(row.get("id"))));
                    return duckDb.size() == ids.size();
                });
        new SparkProcess(stack.description())
                .rows(database + "/" + ids.get(0).name(), String.join(" UNION ALL ", selects))
                .forEach(
                        row -> spark.put(row.get("name").asText(), row.get("id").asText()));
        assertThat(duckDb).isEqualTo(expected);
        assertThat(spark).isEqualTo(expected);
    }

    /** MongoDB takes no array, no undefined value and no regular expression for an {@code _id}. */
    private static final Set<BsonType> POSSIBLE_IDS = EnumSet.complementOf(
            EnumSet.of(BsonType.END_OF_DOCUMENT, BsonType.ARRAY, BsonType.UNDEFINED, BsonType.REGULAR_EXPRESSION));

    private static Set<BsonType> typesOf(List<BsonCells.Cell> cells) {
        return cells.stream().map(cell -> cell.value().getBsonType()).collect(Collectors.toSet());
    }

    /** Of an {@code _id}, a type is kept that other columns blur. */
    private static String idText(BsonCells.Cell cell) {
        return switch (cell.name()) {
            case "code" -> "{\"$code\":\"f()\"}";
            case "null" -> "null";
            case "timestamp" -> "{\"$timestamp\":{\"t\":1700000000,\"i\":7}}";
            default -> cell.expected();
        };
    }

    private static BsonCells.Form idForm(BsonCells.Cell cell) {
        return cell.name().equals("timestamp") ? BsonCells.Form.TEXT : cell.form();
    }

    private void assertPlaces(String table, String path, List<BsonCells.Cell> cells) throws Exception {
        awaitRows(table, 1);
        Map<String, String> expected = new LinkedHashMap<>();
        for (BsonCells.Cell cell : cells) {
            PLACES.forEach(place -> expected.put(place + "_" + cell.name(), cell.expected()));
        }
        List<JsonNode> duckDb = new ArrayList<>();
        cli.query("SELECT " + select(cells, 1, BsonCells.Form::inDuckDb) + " FROM " + table, duckDb::add);
        assertThat(texts(duckDb)).isEqualTo(expected);
        List<JsonNode> spark = new SparkProcess(stack.description())
                .rows(path, "SELECT " + select(cells, 0, BsonCells.Form::inSpark) + " FROM t");
        assertThat(texts(spark)).isEqualTo(expected);
    }

    /** @param first index of an array's first element */
    private static String select(
            List<BsonCells.Cell> cells, int first, BiFunction<BsonCells.Form, String, String> form) {
        List<String> columns = new ArrayList<>();
        for (BsonCells.Cell cell : cells) {
            String name = cell.name();
            columns.add(form.apply(cell.form(), "top_" + name) + " AS top_" + name);
            columns.add(form.apply(cell.form(), "nested." + name) + " AS nested_" + name);
            columns.add(form.apply(cell.form(), "array_" + name + "[" + first + "]") + " AS array_" + name);
            columns.add(form.apply(cell.form(), "documents[" + first + "]." + name) + " AS documents_" + name);
        }
        return String.join(", ", columns);
    }

    /** Only the names of special doubles differ between readers. */
    private static Map<String, String> texts(List<JsonNode> rows) {
        assertThat(rows).hasSize(1);
        Map<String, String> texts = new LinkedHashMap<>();
        rows.get(0).fields().forEachRemaining(field -> texts.put(field.getKey(), text(field.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        return switch (value.asText()) {
            case "nan" -> "NaN";
            case "-inf" -> "-Infinity";
            default -> value.asText();
        };
    }

    private static void awaitRows(String table, long count) {
        await(table)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    List<JsonNode> description = new ArrayList<>();
                    cli.rows(description::add, "table", "describe", table);
                    return description.get(0).findValue("rows").asLong() >= count;
                });
    }

    private static Map<String, String> columns(String table) {
        List<JsonNode> description = new ArrayList<>();
        cli.rows(description::add, "table", "describe", table);
        Map<String, String> columns = new HashMap<>();
        description
                .get(0)
                .get("columns")
                .forEach(column -> columns.put(
                        column.get("column").asText(), column.get("type").asText()));
        return columns;
    }

    private static String names(List<BsonCells.Cell> cells) {
        return cells.stream().map(BsonCells.Cell::name).collect(Collectors.joining(", "));
    }

    private static String text(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void produce(String topic, String database, String collection, String id, String after)
            throws Exception {
        String value = JSON.writeValueAsString(Map.of(
                "op",
                "c",
                "after",
                after,
                "source",
                Map.of(
                        "connector",
                        "mongodb",
                        "db",
                        database,
                        "collection",
                        collection,
                        "ts_ms",
                        1_700_000_000_000L,
                        "ord",
                        1)));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.description().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, JSON.writeValueAsString(Map.of("id", id)), value))
                    .get();
        }
    }
}
