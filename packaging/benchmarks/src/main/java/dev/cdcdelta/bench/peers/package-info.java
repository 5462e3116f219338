/**
 * Input: the same changes for this project's sink, for Iceberg's and for Spark. Output: records a second and processors of each, and their ratios
 * within a run. The others run in processes of their own, from what {@code -Ppeers} builds.
 */
@NullMarked
package dev.cdcdelta.bench.peers;

import org.jspecify.annotations.NullMarked;
