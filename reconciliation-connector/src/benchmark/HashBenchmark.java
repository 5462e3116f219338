import dev.cdcdelta.reconcile.range.RangeDigest;
import dev.cdcdelta.reconcile.source.DocumentHashes;
import dev.cdcdelta.reconcile.source.SourceDocument;
import dev.cdcdelta.reconcile.source.TableColumns;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;

/**
 * How many bytes of BSON one thread decodes, maps and hashes in a second, without a server in between.
 *
 * <pre>
 * mvn -B -ntp -q -Dquick -DskipTests -pl packaging/bundle -am package
 * java -cp 'packaging/bundle/target/connect-admin-cli/lib/*:connect-transforms-4.3.1.jar' reconciliation-connector/src/benchmark/HashBenchmark.java
 * </pre>
 */
public final class HashBenchmark {
    private static final int DOCUMENTS = 20_000;
    private static final int ROUNDS = 8;

    public static void main(String[] arguments) {
        Random random = new Random(1);
        List<RawBsonDocument> documents = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            RawBsonDocument raw = new RawBsonDocument(document(random, i), new BsonDocumentCodec());
            bytes += raw.getByteBuffer().remaining();
            documents.add(raw);
        }
        SchemaRules rules = SchemaRules.of(ConflictPolicy.SIDECAR);
        SchemaPlanner planner = new SchemaPlanner(SchemaGrowth.WIDEN, rules, TableKind.DOCUMENTS, false);
        DocumentHashes hashes = new DocumentHashes(planner, rules, TableColumns.of(Optional.empty()), true);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            RangeDigest digest = new RangeDigest();
            for (RawBsonDocument raw : documents) {
                digest.add(hashes.of(new SourceDocument(raw)));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "{\"bytes_a_document\":%d,\"documents_per_second\":%.0f,\"megabytes_per_second\":%.1f}%n",
                    bytes / DOCUMENTS, DOCUMENTS / seconds, bytes / seconds / 1e6);
        }
    }

    private static BsonDocument document(Random random, int i) {
        BsonArray lines = new BsonArray();
        for (int n = 0; n < 5; n++) {
            lines.add(new BsonDocument("sku", new BsonString("sku-" + random.nextInt(10_000)))
                    .append("quantity", new BsonInt32(random.nextInt(9)))
                    .append("price", new BsonDouble(random.nextDouble() * 100)));
        }
        return new BsonDocument("_id", new BsonObjectId(new ObjectId(i, 1)))
                .append("customer", new BsonInt64(random.nextLong()))
                .append("at", new BsonDateTime(1_700_000_000_000L + i))
                .append("status", new BsonString("shipped"))
                .append("lines", lines)
                .append(
                        "address",
                        new BsonDocument("street", new BsonString("Street " + i)).append("city", new BsonString("Ulm")))
                .append("note", new BsonString("n".repeat(600)));
    }
}
