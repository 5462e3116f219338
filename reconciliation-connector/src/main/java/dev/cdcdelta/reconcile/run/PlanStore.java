package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.range.RangePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * The plan of the newest run, in a compacted topic of one partition, since a task's configuration has no room for it. The key {@code
 * <connector>|plan} names the run and how many pieces each collection has; {@code <connector>|<run>|<collection>|<piece>} holds bounds.
 * The pieces come first, so that a plan is whole or is none; those of the run before are taken out last.
 */
public final class PlanStore {
    private static final int BOUNDS_A_PIECE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonWriterSettings JSON =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private final Map<String, String> kafka;
    private final String topic;
    private final String connector;

    /** @param kafka settings of clients */
    public PlanStore(Map<String, String> kafka, String topic, String connector) {
        this.kafka = kafka;
        this.topic = topic;
        this.connector = connector;
    }

    /** Makes topics where they are missing; the plan's is compacted. */
    public void createTopics(List<String> others) {
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            List<NewTopic> topics = new ArrayList<>();
            topics.add(
                    new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact")));
            others.forEach(other -> topics.add(new NewTopic(other, Optional.of(1), Optional.empty())));
            for (var created : admin.createTopics(topics).values().entrySet()) {
                try {
                    created.getValue().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw failed("make the topic " + created.getKey(), e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while topics were made", e);
        } catch (KafkaException e) {
            throw failed("make the topics of the connector", e);
        }
    }

    /** Writes a plan; from then on it is the newest. */
    public void write(RunPlan plan) {
        Map<String, String> before = read();
        Map<String, String> pieces = new LinkedHashMap<>();
        BsonDocument counts = new BsonDocument();
        BsonDocument identities = new BsonDocument();
        plan.collections().forEach((collection, part) -> {
            List<BsonValue> bounds = part.ranges().bounds();
            int count = 0;
            for (int i = 0; i < bounds.size(); i += BOUNDS_A_PIECE) {
                List<BsonValue> some = bounds.subList(i, Math.min(bounds.size(), i + BOUNDS_A_PIECE));
                pieces.put(
                        piece(plan.run(), collection, count++),
                        new BsonDocument("bounds", new BsonArray(some)).toJson(JSON));
            }
            counts.put(collection, new BsonInt32(count));
            identities.put(collection, new BsonString(part.identity()));
        });
        BsonDocument head = new BsonDocument("run", new BsonString(plan.run()))
                .append("asked", new BsonString(plan.origin().asked()))
                .append("next_signal", new BsonInt64(plan.origin().nextSignal()))
                .append("pieces", counts)
                .append("identities", identities);
        try (KafkaProducer<String, String> producer = producer()) {
            send(producer, pieces);
            send(producer, Map.of(head(), head.toJson(JSON)));
            for (String old : before.keySet()) {
                if (!old.equals(head()) && !pieces.containsKey(old)) {
                    producer.send(new ProducerRecord<>(topic, 0, old, null)).get();
                }
            }
        } catch (ExecutionException | KafkaException e) {
            throw failed("write the plan into " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while the plan was written", e);
        }
    }

    private void send(KafkaProducer<String, String> producer, Map<String, String> records)
            throws InterruptedException, ExecutionException {
        for (Map.Entry<String, String> record : records.entrySet()) {
            producer.send(new ProducerRecord<>(topic, 0, record.getKey(), record.getValue()))
                    .get();
        }
    }

    /** The newest plan; empty if there is none. */
    public Optional<RunPlan> newest() {
        Map<String, String> records = read();
        String head = records.get(head());
        if (head == null) {
            return Optional.empty();
        }
        BsonDocument plan = BsonDocument.parse(head);
        String run = plan.getString("run").getValue();
        BsonDocument identities = plan.getDocument("identities", new BsonDocument());
        TreeMap<String, RunPlan.Part> collections = new TreeMap<>();
        for (Map.Entry<String, BsonValue> counted : plan.getDocument("pieces").entrySet()) {
            List<BsonValue> bounds = new ArrayList<>();
            for (int i = 0; i < counted.getValue().asInt32().getValue(); i++) {
                String piece = records.get(piece(run, counted.getKey(), i));
                if (piece == null) {
                    return Optional.empty();
                }
                bounds.addAll(BsonDocument.parse(piece).getArray("bounds"));
            }
            BsonString identity = identities.getString(counted.getKey(), new BsonString(""));
            collections.put(counted.getKey(), new RunPlan.Part(identity.getValue(), new RangePlan(bounds)));
        }
        RunPlan.Origin origin = new RunPlan.Origin(
                run,
                plan.getString("asked", new BsonString(run)).getValue(),
                plan.getNumber("next_signal", new BsonInt64(0)).longValue());
        return Optional.of(new RunPlan(origin, collections));
    }

    private String head() {
        return connector + "|plan";
    }

    private String piece(String run, String collection, int number) {
        return connector + "|" + run + "|" + collection + "|" + number;
    }

    /** This connector's records, each key's newest. */
    private Map<String, String> read() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        Map<String, String> records = new HashMap<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            while (consumer.position(partition, PATIENCE) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(PATIENCE)) {
                    if (!record.key().startsWith(connector + "|")) {
                        continue;
                    }
                    if (record.value() == null) {
                        records.remove(record.key());
                    } else {
                        records.put(record.key(), record.value());
                    }
                }
            }
            return records;
        } catch (KafkaException e) {
            throw failed("read the plan from " + topic, e);
        }
    }

    private KafkaProducer<String, String> producer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static ConnectException failed(String what, Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return new ConnectException(
                "The connector could not " + what + ": " + cause.getMessage()
                        + ". Check 'kafka.bootstrap.servers' and the other settings that begin with 'kafka.', and the rights of their"
                        + " user",
                e);
    }
}
