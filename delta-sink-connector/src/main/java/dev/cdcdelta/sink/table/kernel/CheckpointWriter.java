package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.SnapshotImpl;
import java.io.IOException;

/** Writes a classic checkpoint. */
final class CheckpointWriter {
    private final Engine engine;
    private final LogReader log;

    CheckpointWriter(Engine engine, LogReader log) {
        this.engine = engine;
        this.log = log;
    }

    void write(long version) throws IOException {
        SnapshotImpl snapshot = log.at(version);
        snapshot.writeCheckpoint(engine);
    }
}
