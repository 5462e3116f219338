/**
 * Input: a main class and its arguments. Output: the same program, which ends when its parent process does.
 */
@NullMarked
package dev.cdcdelta.stack.lifeline;

import org.jspecify.annotations.NullMarked;
