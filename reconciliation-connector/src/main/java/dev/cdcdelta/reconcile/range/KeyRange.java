package dev.cdcdelta.reconcile.range;

import java.util.Optional;
import org.bson.BsonValue;

/**
 * One range of a plan.
 *
 * @param number its place in the plan, from 0
 * @param from the first key; empty for the first range, which begins before all keys
 * @param to the key behind the last; empty for the last range
 */
public record KeyRange(int number, Optional<BsonValue> from, Optional<BsonValue> to) {}
