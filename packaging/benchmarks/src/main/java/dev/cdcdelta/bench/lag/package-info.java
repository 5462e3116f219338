/** Input: rates of writes and commit intervals. Output: how long a write takes to be a row of a committed snapshot. */
@NullMarked
package dev.cdcdelta.bench.lag;

import org.jspecify.annotations.NullMarked;
