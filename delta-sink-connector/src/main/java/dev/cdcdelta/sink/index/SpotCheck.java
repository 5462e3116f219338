package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Compares a reopened shard with the first rows of one of its files. */
final class SpotCheck {
    private static final int ROWS = 1_000;

    private SpotCheck() {}

    static void check(Shard shard, DeltaTable table, Random random) throws IOException, DamagedStoreException {
        List<DataFile> files = shard.store().files().keySet().stream()
                .sorted()
                .map(path -> table.snapshot().files().get(path))
                .filter(file -> file != null && Shard.liveRows(file) > 0)
                .toList();
        if (files.isEmpty()) {
            return;
        }
        DataFile file = files.get(random.nextInt(files.size()));
        for (FoundRow row : new KeyReader(table).first(file, ROWS)) {
            Optional<RowLocation> found = shard.find(row.key());
            if (found.isEmpty()
                    || !found.get().file().equals(file.path())
                    || found.get().position() != row.position()
                    || found.get().version().timeMillis() != row.timeMillis()
                    || found.get().version().ordinal() != row.ordinal()) {
                throw new DamagedStoreException("it does not know row " + row.position() + " of " + file.path()
                        + " but says " + found.map(RowLocation::toString).orElse("nothing"));
            }
        }
    }
}
