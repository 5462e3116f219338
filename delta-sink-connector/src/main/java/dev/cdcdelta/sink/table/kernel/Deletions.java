package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that a commit kills.
 *
 * @param vectors by path, the new deletion vector of a file with rows left
 * @param wholeFiles paths of files without a live row left
 * @param recounted by path, the number of a file's rows where the log states another one
 * @param newlyDead rows that were live before
 * @param file where the new vectors are stored, if there are any
 */
record Deletions(
        Map<String, DeletionVectorDescriptor> vectors,
        Set<String> wholeFiles,
        Map<String, Long> recounted,
        long newlyDead,
        Optional<String> file) {
    Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>(vectors.keySet());
        paths.addAll(wholeFiles);
        return paths;
    }
}
