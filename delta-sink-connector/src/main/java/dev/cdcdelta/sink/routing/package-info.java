/** Input: topics. Output: the locations of the tables they feed. */
@NullMarked
package dev.cdcdelta.sink.routing;

import org.jspecify.annotations.NullMarked;
