package dev.cdcdelta.reconcile.run;

import dev.cdcdelta.reconcile.range.KeyRange;
import dev.cdcdelta.reconcile.range.RangePlan;
import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.source.Documents;
import dev.cdcdelta.reconcile.source.SourceDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** A program that compares documents of 1 KB, made as they are read, with a table that is not there. */
final class LargeCollection implements Documents {
    private static final int DOCUMENTS_A_RANGE = 20_000;
    private static final String NOTE = "n".repeat(900);

    private final int documents;

    private LargeCollection(int documents) {
        this.documents = documents;
    }

    public static void main(String[] arguments) {
        int documents = Integer.parseInt(arguments[1]);
        List<BsonValue> bounds = new ArrayList<>();
        for (int i = DOCUMENTS_A_RANGE; i < documents; i += DOCUMENTS_A_RANGE) {
            bounds.add(new BsonInt32(i));
        }
        try (PipelineRig rig = new PipelineRig(Path.of(arguments[0])).discardingFindings()) {
            long start = System.nanoTime();
            RangeResult result = rig.run(new RangePlan(bounds), new LargeCollection(documents));
            System.out.printf(
                    "documents=%d findings=%d unexamined=%d megabytes_per_second=%.1f%n",
                    result.documents(),
                    result.findings().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    result.unexamined(),
                    result.bytes() / ((System.nanoTime() - start) / 1e3));
        }
    }

    @Override
    public void scan(KeyRange range, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        int from = range.from().map(key -> key.asInt32().getValue()).orElse(0);
        int to = range.to().map(key -> key.asInt32().getValue()).orElse(documents);
        for (int i = from; i < to; i++) {
            visitor.accept(document(i));
        }
    }

    @Override
    public void find(Collection<BsonValue> keys, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        keys.forEach(key -> visitor.accept(document(key.asNumber().intValue())));
    }

    private static SourceDocument document(int i) {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(i))
                .append("customer", new BsonString("customer " + i % 1_000))
                .append("note", new BsonString(NOTE));
        return new SourceDocument(new RawBsonDocument(document, new BsonDocumentCodec()));
    }
}
