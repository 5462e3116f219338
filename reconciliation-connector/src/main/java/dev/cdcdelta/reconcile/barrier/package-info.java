/** Waits until a table holds everything that MongoDB held at an operation time. */
@NullMarked
package dev.cdcdelta.reconcile.barrier;

import org.jspecify.annotations.NullMarked;
