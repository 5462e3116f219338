/** Input: SQL over tables by name. Output: DuckDB's rows over their current snapshots. */
@NullMarked
package dev.cdcdelta.admin.query;

import org.jspecify.annotations.NullMarked;
