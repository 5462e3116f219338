/** Input: requests to an S3 server. Output: the server's answers, or the faults that a plan puts in their place. */
@NullMarked
package dev.cdcdelta.stack.faults;

import org.jspecify.annotations.NullMarked;
