/**
 * Input: figures of suites. Output: lines of a file of results, and from those the page with its charts and the table of targets.
 */
@NullMarked
package dev.cdcdelta.bench.results;

import org.jspecify.annotations.NullMarked;
