/**
 * Input: the command line of {@code stack}. Output: a stack started, watched or stopped, and an exit code.
 */
@NullMarked
package dev.cdcdelta.stack.command;

import org.jspecify.annotations.NullMarked;
