package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.index.store.DamagedStoreException;
import dev.cdcdelta.sink.table.DataFile;
import dev.cdcdelta.sink.table.DeltaTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Compares a reopened shard with the first rows of some of its files. */
final class SpotCheck {
    private static final int FILES = 4;
    private static final int ROWS = 250;

    private SpotCheck() {}

    static void check(Shard shard, DeltaTable table, Random random) throws IOException, DamagedStoreException {
        List<DataFile> files = new ArrayList<>(shard.store().files().keySet().stream()
                .sorted()
                .map(path -> table.snapshot().files().get(path))
                .filter(file -> file != null && Shard.liveRows(file) > 0)
                .toList());
        Collections.shuffle(files, random);
        for (DataFile file : files.subList(0, Math.min(FILES, files.size()))) {
            check(shard, table, file);
        }
    }

    private static void check(Shard shard, DeltaTable table, DataFile file) throws IOException, DamagedStoreException {
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
