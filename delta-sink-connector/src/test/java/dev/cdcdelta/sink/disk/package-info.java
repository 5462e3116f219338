/** Input: what this machine's disk is to do to a program, and when. Output: a default file system that does it, for child processes. */
@NullMarked
package dev.cdcdelta.sink.disk;

import org.jspecify.annotations.NullMarked;
