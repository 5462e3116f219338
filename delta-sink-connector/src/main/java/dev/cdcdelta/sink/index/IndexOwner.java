package dev.cdcdelta.sink.index;

/**
 * Who feeds a table and keeps an index of it.
 *
 * @param number grows from one owner to its successor
 */
public record IndexOwner(String location, long number) {
    /** Whether what the other one has open is ours for the taking: a predecessor's, who was left to himself, or our own. */
    boolean takesFrom(IndexOwner other) {
        return location.equals(other.location) && other.number <= number;
    }
}
