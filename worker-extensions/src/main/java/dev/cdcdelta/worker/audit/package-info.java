/** Input: calls that have been answered. Output: one JSON line each, chained by hashes, in a log and on request in a topic. */
@NullMarked
package dev.cdcdelta.worker.audit;

import org.jspecify.annotations.NullMarked;
