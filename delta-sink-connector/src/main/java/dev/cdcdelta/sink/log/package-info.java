/** Input: the log context of the thread that starts work. Output: the same context in the threads that carry it out. */
@NullMarked
package dev.cdcdelta.sink.log;

import org.jspecify.annotations.NullMarked;
