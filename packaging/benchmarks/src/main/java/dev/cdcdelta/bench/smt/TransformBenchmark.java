package dev.cdcdelta.bench.smt;

import dev.cdcdelta.smt.SchemaEvolution;
import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.connect.transforms.MongoDebeziumTransform;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One record through a transform: the unit of throughput is a document. */
@State(Scope.Thread)
public class TransformBenchmark {
    /** So many that neither the processor's caches nor its branch predictor know them by heart. */
    private static final int RECORDS = 1024;

    @Param("1")
    public long seed;

    private final SinkRecord[] schemaless = new SinkRecord[RECORDS];
    private final SinkRecord[] withSchema = new SinkRecord[RECORDS];
    private final Transformation<SinkRecord> ours = new SchemaEvolution.Value<>();
    private final Transformation<SinkRecord> registered = new SchemaEvolution.Value<>();
    private final Transformation<SinkRecord> peer = new MongoDebeziumTransform();
    private int next;

    @Nullable
    private OneSubject registry;

    @Setup
    public void fill() throws IOException {
        Orders orders = new Orders(seed);
        for (int i = 0; i < RECORDS; i++) {
            String after = orders.next();
            schemaless[i] = Envelopes.schemaless("c", Integer.toString(i), after);
            withSchema[i] = Envelopes.withSchema("c", "{\"$numberInt\": \"" + i + "\"}", after);
        }
        ours.configure(Map.of());
        registry = new OneSubject();
        registered.configure(Map.of("schema.registry.url", registry.url()));
        peer.configure(Map.of());
    }

    @TearDown
    public void close() {
        ours.close();
        peer.close();
        registered.close();
        if (registry != null) {
            registry.close();
        }
    }

    /** The record of the moment, of those that a converter without schemas gives. */
    @Benchmark
    public @Nullable SinkRecord oursSchemaless() {
        return ours.apply(schemaless[turn()]);
    }

    /** The same with a schema registry behind the transform. */
    @Benchmark
    public @Nullable SinkRecord oursWithRegistry() {
        return registered.apply(schemaless[turn()]);
    }

    /** The very records that the peer gets. */
    @Benchmark
    public @Nullable SinkRecord oursWithSchema() {
        return ours.apply(withSchema[turn()]);
    }

    /** Iceberg's transform, which reads envelopes with a schema only. */
    @Benchmark
    public @Nullable SinkRecord peerWithSchema() {
        return peer.apply(withSchema[turn()]);
    }

    private int turn() {
        next = (next + 1) & (RECORDS - 1);
        return next;
    }
}
