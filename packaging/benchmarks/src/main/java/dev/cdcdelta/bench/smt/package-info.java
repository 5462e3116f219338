/** Input: seeded orders of a shop in Debezium's envelopes. Output: how many a second this project's transform and its peer give a schema. */
@NullMarked
package dev.cdcdelta.bench.smt;

import org.jspecify.annotations.NullMarked;
