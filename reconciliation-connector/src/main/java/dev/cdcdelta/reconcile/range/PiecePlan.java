package dev.cdcdelta.reconcile.range;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bson.BsonValue;

/**
 * The pieces of some ranges as one plan, whose other parts are the ranges between those.
 *
 * @param documents what the collection holds of each piece, by the piece's number in the plan
 */
public record PiecePlan(RangePlan plan, Map<Integer, RangeDigest> documents) {
    public PiecePlan {
        documents = Map.copyOf(documents);
    }

    /** @param ranges of {@code whole}, by their numbers */
    public static PiecePlan of(RangePlan whole, SortedMap<Integer, PieceDigests> ranges) {
        List<BsonValue> bounds = new ArrayList<>();
        Map<Integer, RangeDigest> documents = new HashMap<>();
        ranges.forEach((number, digests) -> {
            KeyRange range = whole.range(number);
            range.from()
                    .filter(from ->
                            bounds.isEmpty() || KeyOrder.ASCENDING.compare(bounds.get(bounds.size() - 1), from) < 0)
                    .ifPresent(bounds::add);
            int first = bounds.size();
            bounds.addAll(digests.bounds());
            range.to().ifPresent(bounds::add);
            for (int i = 0; i < digests.pieces().size(); i++) {
                documents.put(first + i, digests.pieces().get(i));
            }
        });
        return new PiecePlan(new RangePlan(bounds), documents);
    }

    /** The numbers of the pieces. */
    public BitSet pieces() {
        BitSet pieces = new BitSet();
        documents.keySet().forEach(pieces::set);
        return pieces;
    }

    /** The pieces that differ. @param rows what the table holds of each part of the plan */
    public BitSet differing(List<RangeDigest> rows) {
        BitSet differing = new BitSet();
        documents.forEach((piece, digest) -> {
            if (!digest.matches(rows.get(piece))) {
                differing.set(piece);
            }
        });
        return differing;
    }

    /** Pieces in groups that hold no more than so many documents, or one piece each. */
    public List<BitSet> groups(BitSet pieces, long most) {
        List<BitSet> groups = new ArrayList<>();
        long held = 0;
        for (int piece : pieces.stream().toArray()) {
            RangeDigest digest = documents.get(piece);
            long size = digest == null ? 0 : digest.count();
            if (groups.isEmpty() || held + size > most) {
                groups.add(new BitSet());
                held = 0;
            }
            groups.get(groups.size() - 1).set(piece);
            held += size;
        }
        return groups;
    }
}
