package dev.cdcdelta.reconcile.range;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;

/**
 * The digest of one side's documents of a range, given in the order of their keys, and the digests of pieces of it: where a range
 * differs, its pieces tell where. However many documents there are, the pieces are at most {@link #MOST}: they grow. Not for several
 * threads.
 */
public final class PieceDigests {
    static final int MOST = 128;

    private static final int SMALLEST = 250;

    private final RangeDigest all = new RangeDigest();
    private final List<BsonValue> bounds = new ArrayList<>();
    private final List<RangeDigest> pieces = new ArrayList<>(List.of(new RangeDigest()));
    private int pieceSize = SMALLEST;

    /** Gives a document's key, which is asked for only where a piece begins. */
    public interface KeyOf {
        BsonValue key();
    }

    public void add(KeyOf key, ContentHash hash) {
        all.add(hash);
        if (pieces.get(pieces.size() - 1).count() >= pieceSize) {
            if (pieces.size() == MOST) {
                join();
            }
            bounds.add(key.key());
            pieces.add(new RangeDigest());
        }
        pieces.get(pieces.size() - 1).add(hash);
    }

    /** Makes one piece of two. */
    private void join() {
        List<BsonValue> keptBounds = new ArrayList<>();
        List<RangeDigest> joined = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i += 2) {
            RangeDigest both = pieces.get(i);
            if (i > 0) {
                keptBounds.add(bounds.get(i - 1));
            }
            if (i + 1 < pieces.size()) {
                both.addAll(pieces.get(i + 1));
            }
            joined.add(both);
        }
        bounds.clear();
        bounds.addAll(keptBounds);
        pieces.clear();
        pieces.addAll(joined);
        pieceSize *= 2;
    }

    /** Of the whole range. */
    public RangeDigest all() {
        return all;
    }

    /** The keys at which a piece begins, but the first one's. */
    public List<BsonValue> bounds() {
        return List.copyOf(bounds);
    }

    /** One more than there are bounds. */
    public List<RangeDigest> pieces() {
        return List.copyOf(pieces);
    }
}
