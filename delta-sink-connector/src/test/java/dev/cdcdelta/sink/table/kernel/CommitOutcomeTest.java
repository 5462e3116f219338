package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.schema.Column;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.StorageException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.storage.LocalFiles;
import dev.cdcdelta.smt.schema.ScalarType;
import io.delta.kernel.exceptions.KernelEngineException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitOutcomeTest {
    private static final ColumnType.Struct ID =
            new ColumnType.Struct(List.of(new Column("_id", "_id", new ColumnType.Leaf(ScalarType.INT64))));

    private static final RuntimeException FAILURE = new IllegalStateException("the connection was reset");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private String winner;

    @SuppressWarnings("NullAway.Init")
    private CommitOutcome outcome;

    @BeforeEach
    void commitVersionOne() throws LostRaceException {
        try (DeltaTables tables = new DeltaTables(Map.of())) {
            DeltaTable table = tables.create("file://" + directory, ID, Map.of());
            table.commit(new TableCommit(table.snapshot().columns(), List.of(), Map.of(), Map.of("o", 1L)));
            winner = Optional.ofNullable(table.history(1).get(0).information().get("txnId"))
                    .orElseThrow();
        }
        outcome = new CommitOutcome(
                new LogHistory(new LocalFiles(), "file:" + directory), "file:" + directory, new Patience(List.of()));
    }

    @Test
    void aCommitThatIsInTheLogUnderOurIdentityWasWon() {
        assertThatCode(() -> outcome.settle(1, Optional.of(winner), FAILURE)).doesNotThrowAnyException();
    }

    @Test
    void aVersionOfSomebodyElseIsALostRace() {
        assertThatThrownBy(() -> outcome.settle(1, Optional.of("another"), FAILURE))
                .isInstanceOf(LostRaceException.class)
                .hasCause(FAILURE);
        assertThatThrownBy(() -> outcome.settle(1, Optional.empty(), FAILURE))
                .as("a commit that was never tried")
                .isSameAs(FAILURE);
    }

    @Test
    void aVersionThatIsNobodysIsAFailureOfTheStorage() {
        assertThatThrownBy(() -> outcome.settle(2, Optional.of(winner), FAILURE))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("not in the log")
                .hasCause(FAILURE);
    }

    @Test
    void filesOfACommitThatTheStorageHasNotAnsweredAreLeftAlone() {
        RuntimeException unanswered = new KernelEngineException("commit", new SocketTimeoutException("Read timed out"));
        RuntimeException refused = new KernelEngineException("commit", new IOException("503 Slow Down"));
        assertThatThrownBy(() -> outcome.settle(2, Optional.of(winner), unanswered))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.settled()).isFalse());
        assertThatThrownBy(() -> outcome.settle(2, Optional.of(winner), refused))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.settled()).isTrue());
    }
}
