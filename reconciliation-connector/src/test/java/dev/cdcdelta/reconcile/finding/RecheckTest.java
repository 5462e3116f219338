package dev.cdcdelta.reconcile.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.Seed;
import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.smt.key.DocumentKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecheckTest {
    private static final ContentHash A = new ContentHash(0, 1);
    private static final ContentHash B = new ContentHash(0, 2);
    private static final ContentHash C = new ContentHash(0, 3);

    @Test
    void sidesTellWhatIsWrong() {
        assertThat(sides(A, A).difference()).isEmpty();
        assertThat(sides(null).difference()).isEmpty();
        assertThat(sides(A).difference()).contains(FindingClass.MISSING);
        assertThat(sides(null, A).difference()).contains(FindingClass.EXTRA);
        assertThat(sides(null, A, A).difference()).contains(FindingClass.EXTRA);
        assertThat(sides(A, B).difference()).contains(FindingClass.DIFFERENT);
        assertThat(sides(A, A, A).difference()).contains(FindingClass.DUPLICATE);
        assertThat(new Sides(Optional.of(A), List.of(row(null))).difference()).contains(FindingClass.DIFFERENT);
    }

    @Test
    void guiltNeedsTwoRoundsOfTheSame() {
        Recheck.Result first = Recheck.NEW.after(Optional.of(A), sides(A, B), 6);
        assertThat(first.state()).isEqualTo(Recheck.State.OPEN);
        Recheck.Result second = first.known().after(Optional.of(A), sides(A, B), 6);
        assertThat(second.state()).isEqualTo(Recheck.State.GUILTY);
        assertThat(second.known().seen()).contains(FindingClass.DIFFERENT);
    }

    @Test
    void aDifferenceThatBecomesAnotherBeginsAnew() {
        Recheck first = Recheck.NEW.after(Optional.of(A), sides(A, C), 6).known();
        assertThat(first.after(Optional.of(A), sides(A, B), 6).state()).isEqualTo(Recheck.State.OPEN);
    }

    @Test
    void whatChangedBetweenTheReadsIsNoEvidence() {
        Recheck first = Recheck.NEW.after(Optional.of(A), sides(A, C), 6).known();
        Recheck.Result changed = first.after(Optional.of(A), sides(B, C), 6);
        assertThat(changed.state()).isEqualTo(Recheck.State.OPEN);
        assertThat(changed.known().confirmations()).isZero();
    }

    @Test
    void aRowThatAgreesWithTheDocumentBeforeOrAfterIsInnocent() {
        assertThat(Recheck.NEW.after(Optional.of(A), sides(B, A), 6).state()).isEqualTo(Recheck.State.INNOCENT);
        assertThat(Recheck.NEW.after(Optional.of(A), sides(B, B), 6).state()).isEqualTo(Recheck.State.INNOCENT);
        assertThat(Recheck.NEW.after(Optional.of(A), sides(null), 6).state()).isEqualTo(Recheck.State.INNOCENT);
        assertThat(Recheck.NEW.after(Optional.empty(), sides(A), 6).state()).isEqualTo(Recheck.State.INNOCENT);
    }

    @Test
    void whatKeepsChangingIsHot() {
        Recheck known = Recheck.NEW;
        for (int round = 1; round < 3; round++) {
            Recheck.Result result = known.after(Optional.of(A), sides(B, C), 3);
            assertThat(result.state()).isEqualTo(Recheck.State.OPEN);
            known = result.known();
        }
        assertThat(known.after(Optional.of(A), sides(B, C), 3).state()).isEqualTo(Recheck.State.HOT);
    }

    @Test
    void aRowThatIsNotThereTakesThreeRounds() {
        Recheck known = Recheck.NEW;
        for (int round = 1; round < 3; round++) {
            Recheck.Result result = known.after(Optional.of(A), sides(A), 6);
            assertThat(result.state()).isEqualTo(Recheck.State.OPEN);
            known = result.known();
        }
        assertThat(known.after(Optional.of(A), sides(A), 6).state()).isEqualTo(Recheck.State.GUILTY);
    }

    /** The hash alone would convict a document that goes to and fro between two contents. */
    @Test
    void aRowThatWasWrittenAnewBetweenTheRoundsBeginsAnew() {
        Recheck first = Recheck.NEW
                .after(Optional.of(A), new Sides(Optional.of(A), List.of(row(B, 1))), 6)
                .known();
        assertThat(first.after(Optional.of(A), new Sides(Optional.of(A), List.of(row(B, 2))), 6)
                        .state())
                .isEqualTo(Recheck.State.OPEN);
    }

    /**
     * A pipeline that is right: the row is what the document was at some time after the barrier. The document goes to and fro between
     * two contents, and is deleted now and then.
     */
    @Test
    void aTableThatFollowsItsCollectionIsNeverAccused() {
        Random random = Seed.random(this);
        for (int run = 0; run < 10_000; run++) {
            int now = 0;
            Recheck known = Recheck.NEW;
            Recheck.Result result = new Recheck.Result(Recheck.State.OPEN, known);
            while (result.state() == Recheck.State.OPEN) {
                int before = now;
                int atBarrier = before + random.nextInt(3);
                int after = atBarrier + random.nextInt(3);
                int row = atBarrier + random.nextInt(after - atBarrier + 1);
                result = known.after(state(before), new Sides(state(after), rows(row)), 6);
                known = result.known();
                now = after + random.nextInt(2);
            }
            boolean cameBack = result.known().seen().equals(Optional.of(FindingClass.MISSING));
            assertThat(result.state() == Recheck.State.GUILTY && !cameBack).isFalse();
        }
    }

    /** Every seventh state is that there is no document. */
    private static Optional<ContentHash> state(int number) {
        return number % 7 == 6 ? Optional.empty() : Optional.of(new ContentHash(0, number % 2));
    }

    private static List<TableRow> rows(int number) {
        return state(number).map(hash -> List.of(row(hash, number))).orElse(List.of());
    }

    private static Sides sides(ContentHash source, ContentHash... rows) {
        return new Sides(
                Optional.ofNullable(source),
                Arrays.stream(rows).map(RecheckTest::row).toList());
    }

    private static TableRow row(ContentHash hash) {
        return row(hash, 1);
    }

    private static TableRow row(ContentHash hash, int version) {
        return new TableRow(new DocumentKey("1"), hash, 1L, version, "file", 0);
    }
}
