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
import io.delta.kernel.utils.CloseableIterator;
import java.util.Map;
import java.util.Optional;

/** Commits as Kernel does, gives the commit its metrics, and remembers the identity by which it can be told from others in the log. */
final class DescribingCommitter implements Committer {
    private final Map<String, String> metrics;
    private Optional<String> identity = Optional.empty();

    DescribingCommitter(Map<String, String> metrics) {
        this.metrics = metrics;
    }

    /** {@code commitInfo.txnId}, once a commit was tried. */
    Optional<String> identity() {
        return identity;
    }

    @Override
    public CommitResponse commit(Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
            throws CommitFailedException {
        identity = metadata.getCommitInfo().getTxnId();
        return DefaultFileSystemManagedTableOnlyCommitter.INSTANCE.commit(
                engine,
                actions.map(action -> action.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)
                        ? action
                        : described(metadata.getCommitInfo())),
                metadata);
    }

    private Row described(CommitInfo info) {
        return SingleAction.createCommitInfoSingleAction(new CommitInfo(
                        info.getInCommitTimestamp(),
                        info.getTimestamp(),
                        info.getEngineInfo(),
                        info.getOperation(),
                        info.getOperationParameters(),
                        info.getIsBlindAppend(),
                        info.getTxnId(),
                        metrics)
                .toRow());
    }
}
