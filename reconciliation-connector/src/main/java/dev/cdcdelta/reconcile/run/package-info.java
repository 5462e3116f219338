/** Runs: their plans, what each task does of them, and what all of it comes to. */
@NullMarked
package dev.cdcdelta.reconcile.run;

import org.jspecify.annotations.NullMarked;
