package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.internal.actions.DomainMetadata;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one commit does to a table's state.
 *
 * @param removed before anything is added
 * @param transactions new versions of transaction identifiers
 * @param domains new values of metadata domains, removals too
 * @param inCommitTimestamp if the commit states one
 * @param mark tells the commit from any other of the same version
 */
record StateChange(
        List<LiveFile> added,
        List<Gone> removed,
        Map<String, Long> transactions,
        Map<String, DomainMetadata> domains,
        Optional<Long> inCommitTimestamp,
        CommitMark mark) {
    /** A file with a deletion vector, empty text for none: the key of file actions (PROTOCOL.md, Action Reconciliation). */
    record Gone(String path, String deletionVector) {}

    Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        added.forEach(file -> paths.add(file.file().path()));
        removed.forEach(gone -> paths.add(gone.path()));
        return paths;
    }
}
