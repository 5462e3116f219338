/**
 * Input: a seed. Output: change events as Debezium's MongoDB connector writes them, and what a table of them has to hold.
 *
 * <p>A document is a function of its key and the sequence number of its event, so that the model of a workload is one
 * number per key, whatever the documents hold.
 */
@NullMarked
package dev.cdcdelta.bench.workload;

import org.jspecify.annotations.NullMarked;
