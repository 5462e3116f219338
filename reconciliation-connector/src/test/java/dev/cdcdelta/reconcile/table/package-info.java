/** What is said of tables, in tables. */
@NullMarked
package dev.cdcdelta.reconcile.table;

import org.jspecify.annotations.NullMarked;
