/** Input: the topics of a reconciliation connector. Output: runs, their verdicts and findings, and a page that shows them. */
@NullMarked
package dev.cdcdelta.admin.reconcile;

import org.jspecify.annotations.NullMarked;
