package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.util.Optional;

/**
 * Commits as Kernel does, and brings in the actions on files itself: Kernel refuses to let one commit of a table with a change data
 * feed add and remove. Gives the commit its metrics and remembers the identity by which it can be told from others in the log.
 */
final class DescribingCommitter implements Committer {
    private final CommitPlan plan;
    private final boolean dataChange;
    private Optional<CommitInfo> attempted = Optional.empty();
    private boolean committed;

    DescribingCommitter(CommitPlan plan, boolean dataChange) {
        this.plan = plan;
        this.dataChange = dataChange;
    }

    /** {@code commitInfo.txnId}, once a commit was tried. */
    Optional<String> identity() {
        return attempted.flatMap(CommitInfo::getTxnId);
    }

    Optional<Long> inCommitTimestamp() {
        return attempted.flatMap(CommitInfo::getInCommitTimestamp);
    }

    /** Whether the storage has acknowledged the commit. */
    boolean committed() {
        return committed;
    }

    @Override
    public CommitResponse commit(Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
            throws CommitFailedException {
        attempted = Optional.of(metadata.getCommitInfo());
        CommitResponse response = DefaultFileSystemManagedTableOnlyCommitter.INSTANCE.commit(
                engine,
                actions.map(action -> action.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)
                                ? action
                                : described(metadata.getCommitInfo()))
                        .combine(Utils.toCloseableIterator(plan.actions().iterator())),
                metadata);
        committed = true;
        return response;
    }

    private Row described(CommitInfo info) {
        return SingleAction.createCommitInfoSingleAction(new CommitInfo(
                        info.getInCommitTimestamp(),
                        info.getTimestamp(),
                        info.getEngineInfo(),
                        dataChange ? info.getOperation() : Optional.of("OPTIMIZE"),
                        info.getOperationParameters(),
                        info.getIsBlindAppend(),
                        info.getTxnId(),
                        plan.metrics())
                .toRow());
    }
}
