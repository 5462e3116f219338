/** Whether tables equal their collections: a source connector whose records are findings, reports, progress and repairs. */
@NullMarked
package dev.cdcdelta.reconcile;

import org.jspecify.annotations.NullMarked;
