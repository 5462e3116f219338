/**
 * Input: a directory. Output: a running stack with a pipeline and data in it, and on request the proof that tables and
 * collections are equal.
 */
@NullMarked
package dev.cdcdelta.stack.quickstart;

import org.jspecify.annotations.NullMarked;
