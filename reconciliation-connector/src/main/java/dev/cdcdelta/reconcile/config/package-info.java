/** Input: the connector's properties. Output: records, one for each who asks. */
@NullMarked
package dev.cdcdelta.reconcile.config;

import org.jspecify.annotations.NullMarked;
