/**
 * Input: a directory and a few choices ({@link dev.cdcdelta.stack.StackOptions}). Output: a running pipeline platform on
 * this machine ({@link dev.cdcdelta.stack.LocalStack}) and where to reach it
 * ({@link dev.cdcdelta.stack.StackDescription}).
 */
@NullMarked
package dev.cdcdelta.stack;

import org.jspecify.annotations.NullMarked;
