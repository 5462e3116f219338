package dev.cdcdelta.sink.table.storage;

import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import java.io.IOException;

/** A file being written: closing makes it appear as a whole, abandoning leaves nothing. */
public abstract class NewFile extends PositionOutputStream {
    public abstract void abandon() throws IOException;
}
