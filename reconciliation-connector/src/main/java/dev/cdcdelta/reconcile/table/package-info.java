/** Input: ranges or keys, and a version of a table. Output: digests and rows. */
@NullMarked
package dev.cdcdelta.reconcile.table;

import org.jspecify.annotations.NullMarked;
