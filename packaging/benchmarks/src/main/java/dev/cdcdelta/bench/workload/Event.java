package dev.cdcdelta.bench.workload;

/**
 * One change of one document.
 *
 * @param sequence from 1, the time at which it happened in the source; an event that comes late has a lower one than those
 *     before it
 * @param key number of the document
 */
public record Event(long sequence, int key, Operation operation) {
    public boolean isDelete() {
        return operation == Operation.DELETE;
    }
}
