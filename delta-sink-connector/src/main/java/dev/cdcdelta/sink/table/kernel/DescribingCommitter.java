package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.files.ParsedPublishedDeltaData;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;

/**
 * Commits as Kernel does, but does not ask for the file that it has just written, and brings in the actions on files itself: Kernel refuses to let one commit of a table with a change data
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
        String file = FileNames.deltaFile(metadata.getDeltaLogDirPath(), metadata.getVersion());
        try {
            engine.getJsonHandler()
                    .writeJsonFileAtomically(
                            file,
                            actions.map(action -> action.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)
                                            ? action
                                            : described(metadata.getCommitInfo()))
                                    .combine(Utils.toCloseableIterator(
                                            plan.actions().iterator())),
                            false);
        } catch (FileAlreadyExistsException e) {
            throw new CommitFailedException(true, true, "another writer has taken version " + metadata.getVersion(), e);
        } catch (IOException e) {
            throw new CommitFailedException(true, false, "the log file " + file + " was not acknowledged", e);
        }
        committed = true;
        return new CommitResponse(ParsedPublishedDeltaData.forFileStatus(FileStatus.of(file)));
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
