package dev.cdcdelta.reconcile.finding;

import dev.cdcdelta.smt.key.DocumentKey;

/**
 * Something wrong, for sure, or hot.
 *
 * @param range the number of the range that holds the key
 * @param sides as they were when it was last looked at
 * @param operationTime of the barrier before that, as a BSON timestamp's 64 bits
 * @param tableVersion that was looked at
 */
public record Finding(
        DocumentKey key, FindingClass kind, int range, Sides sides, long operationTime, long tableVersion) {}
