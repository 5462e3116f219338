package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.smt.key.DocumentKey;
import org.jspecify.annotations.Nullable;

/**
 * A live row of the table.
 *
 * @param hash null where another program wrote the row without one
 * @param sourceMicros cluster time of the row's last change, microseconds since the epoch; null where the source told none
 * @param ordinal order within that time
 * @param file the data file that holds it, as the log calls it
 * @param position the row's place in that file
 */
public record TableRow(
        DocumentKey key,
        @Nullable ContentHash hash,
        @Nullable Long sourceMicros,
        int ordinal,
        String file,
        long position) {}
