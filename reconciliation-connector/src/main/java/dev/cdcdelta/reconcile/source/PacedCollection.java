package dev.cdcdelta.reconcile.source;

import dev.cdcdelta.reconcile.config.ReconcileSettings;
import dev.cdcdelta.reconcile.range.KeyRange;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** A collection that is read no faster than the settings allow. Not for several threads. */
public final class PacedCollection implements Documents {
    private static final Duration SHORTEST = Duration.ofMillis(20);

    private final Documents collection;
    private final LoadLimit documents;
    private final LoadLimit bytes;
    private final LongSupplier nanoTime;
    private final Pause pause;

    public PacedCollection(Documents collection, ReconcileSettings.Load load, LongSupplier nanoTime, Pause pause) {
        this.collection = collection;
        this.documents = new LoadLimit(load.documents(), nanoTime.getAsLong());
        this.bytes = new LoadLimit(load.bytes(), nanoTime.getAsLong());
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public void scan(KeyRange range, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        collection.scan(range, notBefore, document -> {
            pace(1, document.bytes());
            visitor.accept(document);
        });
    }

    @Override
    public void find(Collection<BsonValue> keys, BsonTimestamp notBefore, Consumer<SourceDocument> visitor) {
        collection.find(keys, notBefore, document -> {
            pace(1, document.bytes());
            visitor.accept(document);
        });
    }

    private void pace(long count, long size) {
        long now = nanoTime.getAsLong();
        Duration owed = documents.taken(count, now);
        Duration forBytes = bytes.taken(size, now);
        Duration longest = owed.compareTo(forBytes) > 0 ? owed : forBytes;
        if (longest.compareTo(SHORTEST) > 0) {
            pause.forTime(longest);
        }
    }
}
