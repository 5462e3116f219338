/** The key space cut into ranges, and what two sides hold of one: counts and sums of hashes. No I/O. */
@NullMarked
package dev.cdcdelta.reconcile.range;

import org.jspecify.annotations.NullMarked;
