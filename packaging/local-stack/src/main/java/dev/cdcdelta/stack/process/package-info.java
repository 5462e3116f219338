/**
 * Input: what to run (a class path, a main class, a heap). Output: a process of its own that ends with this one, and word
 * of when it is ready or why it is not.
 */
@NullMarked
package dev.cdcdelta.stack.process;

import org.jspecify.annotations.NullMarked;
