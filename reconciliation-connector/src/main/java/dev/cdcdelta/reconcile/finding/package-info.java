/** Input: what both sides hold of a key. Output: what is wrong with it, once it is sure. No I/O. */
@NullMarked
package dev.cdcdelta.reconcile.finding;

import org.jspecify.annotations.NullMarked;
