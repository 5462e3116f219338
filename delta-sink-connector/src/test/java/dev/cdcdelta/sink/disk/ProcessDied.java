package dev.cdcdelta.sink.disk;

/** Thrown by every touch of the disk once the process counts as dead: whatever it still does changes nothing. */
public final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied(String where) {
        super(where);
    }
}
