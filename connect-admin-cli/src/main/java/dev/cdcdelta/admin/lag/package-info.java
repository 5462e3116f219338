/** Input: the offsets in a table and in Kafka. Output: how far the table is behind its topic. */
@NullMarked
package dev.cdcdelta.admin.lag;

import org.jspecify.annotations.NullMarked;
