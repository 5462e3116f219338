/** What the connector writes: typed records with keys. */
@NullMarked
package dev.cdcdelta.reconcile.record;

import org.jspecify.annotations.NullMarked;
