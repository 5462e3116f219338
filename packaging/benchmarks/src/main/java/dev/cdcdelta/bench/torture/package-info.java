/** Input: a seed and how many events and kills. Output: whether the table holds what it should after workers were killed. */
@NullMarked
package dev.cdcdelta.bench.torture;

import org.jspecify.annotations.NullMarked;
