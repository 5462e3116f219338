/**
 * Input: ports and a directory. Output: for each server of the stack its configuration files and what to run.
 */
@NullMarked
package dev.cdcdelta.stack.service;

import org.jspecify.annotations.NullMarked;
