package dev.cdcdelta.reconcile.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class PieceDigestsTest {
    private static final int DOCUMENTS = 100_000;

    @Test
    void thePiecesOfManyDocumentsStayFewAndCoverThemAll() {
        PieceDigests digests = digests(0, DOCUMENTS);
        RangePlan pieces = new RangePlan(digests.bounds());

        assertThat(digests.pieces()).hasSize(pieces.size()).hasSizeBetween(PieceDigests.MOST / 2, PieceDigests.MOST);
        RangeDigest sum = new RangeDigest();
        digests.pieces().forEach(sum::addAll);
        assertThat(sum.matches(digests.all())).isTrue();
        List<RangeDigest> again = IntStream.range(0, pieces.size())
                .mapToObj(piece -> new RangeDigest())
                .toList();
        for (int i = 0; i < DOCUMENTS; i++) {
            again.get(pieces.indexOf(new BsonInt32(i))).add(hash(i));
        }
        for (int piece = 0; piece < pieces.size(); piece++) {
            assertThat(again.get(piece).matches(digests.pieces().get(piece)))
                    .as("piece %d", piece)
                    .isTrue();
        }
    }

    @Test
    void theKeyIsAskedForOnlyWhereAPieceBegins() {
        int[] asked = {0};
        PieceDigests digests = new PieceDigests();
        for (int i = 0; i < 1_000; i++) {
            int key = i;
            digests.add(
                    () -> {
                        asked[0]++;
                        return new BsonInt32(key);
                    },
                    hash(i));
        }
        assertThat(asked[0]).isEqualTo(digests.bounds().size()).isEqualTo(3);
    }

    @Test
    void aPlanOfPiecesLeavesOutWhatIsBetweenTheRanges() {
        RangePlan whole = new RangePlan(List.of(at(1_000), at(2_000), at(3_000)));
        TreeMap<Integer, PieceDigests> ranges =
                new TreeMap<>(Map.of(0, digests(0, 1_000), 2, digests(2_000, 3_000), 3, digests(3_000, 3_600)));
        PiecePlan plan = PiecePlan.of(whole, ranges);

        BitSet pieces = plan.pieces();
        assertThat(pieces.get(plan.plan().indexOf(at(500)))).isTrue();
        assertThat(pieces.get(plan.plan().indexOf(at(1_500)))).isFalse();
        assertThat(pieces.get(plan.plan().indexOf(at(2_500)))).isTrue();
        assertThat(pieces.get(plan.plan().indexOf(at(9_000)))).isTrue();
        List<RangeDigest> rows = new ArrayList<>();
        for (int piece = 0; piece < plan.plan().size(); piece++) {
            rows.add(new RangeDigest());
        }
        for (int i = 0; i < 3_600; i++) {
            if (i != 2_600) {
                rows.get(plan.plan().indexOf(at(i))).add(hash(i));
            }
        }
        BitSet differing = plan.differing(rows);
        assertThat(differing.cardinality()).isOne();
        assertThat(differing.get(plan.plan().indexOf(at(2_600)))).isTrue();
        assertThat(plan.groups(pieces, 600).stream()
                        .mapToInt(BitSet::cardinality)
                        .sum())
                .isEqualTo(pieces.cardinality());
        assertThat(plan.groups(pieces, 600)).hasSizeGreaterThan(3);
    }

    private static PieceDigests digests(int from, int to) {
        PieceDigests digests = new PieceDigests();
        for (int i = from; i < to; i++) {
            int key = i;
            digests.add(() -> at(key), hash(i));
        }
        return digests;
    }

    private static BsonValue at(int key) {
        return new BsonInt32(key);
    }

    private static ContentHash hash(int i) {
        return new ContentHash(i * 0x9E3779B97F4A7C15L, -1L - i);
    }
}
