/** Input: a caller, a route and a body. Output: whether the call may pass, and which keys it changes. */
@NullMarked
package dev.cdcdelta.worker.access;

import org.jspecify.annotations.NullMarked;
