package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.LostRaceException;
import dev.cdcdelta.sink.table.TableCommit;
import dev.cdcdelta.sink.table.TableSnapshot;

/** The step that makes a flush durable; {@code DeltaTable::commit}, or a test that fails around it. */
@FunctionalInterface
public interface Committer {
    TableSnapshot commit(DeltaTable table, TableCommit commit) throws LostRaceException;
}
