/** Input: a running stack. Output: what its worker's REST API and Spark answer. */
@NullMarked
package dev.cdcdelta.stack.client;

import org.jspecify.annotations.NullMarked;
