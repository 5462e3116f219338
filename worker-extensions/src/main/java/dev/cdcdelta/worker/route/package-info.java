/** Input: a method and a path. Output: the listed route, what it asks of its caller and what its answer holds. */
@NullMarked
package dev.cdcdelta.worker.route;

import org.jspecify.annotations.NullMarked;
