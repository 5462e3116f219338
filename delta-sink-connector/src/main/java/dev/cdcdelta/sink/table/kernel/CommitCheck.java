package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableFeature;
import java.util.EnumSet;
import java.util.Set;

/** Whether a commit fits the table as it is; what does not is a mistake of the caller's, or a table that cannot do it. */
final class CommitCheck {
    private CommitCheck() {}

    static void check(String location, TableState state, TableCommit commit) {
        Set<TableFeature> needed = EnumSet.noneOf(TableFeature.class);
        if (!commit.deletions().isEmpty() || !commit.dead().isEmpty()) {
            needed.add(TableFeature.DELETION_VECTORS);
        }
        if (!commit.changeData().isEmpty()) {
            needed.add(TableFeature.CHANGE_DATA_FEED);
        }
        WriterRequirements.check(location, state, needed);
        for (String path : commit.removed()) {
            state.file(path);
            if (commit.deletions().containsKey(path)) {
                throw new IllegalStateException("the file " + path + " cannot go and lose rows in one commit");
            }
        }
        for (DataFile file : commit.added()) {
            if (file.path().startsWith(CommitPlan.CHANGE_DATA)) {
                throw new IllegalStateException("the file " + file.path() + " belongs to the change data feed");
            }
        }
        for (DataFile file : commit.changeData()) {
            if (!file.path().startsWith(CommitPlan.CHANGE_DATA)) {
                throw new IllegalStateException("the file " + file.path() + " is no file of the change data feed");
            }
        }
    }
}
