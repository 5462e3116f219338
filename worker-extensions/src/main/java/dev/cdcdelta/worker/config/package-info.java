/** Input: the worker's properties under {@code rest.security.}. Output: one small record for each part of the extension. */
@NullMarked
package dev.cdcdelta.worker.config;

import org.jspecify.annotations.NullMarked;
