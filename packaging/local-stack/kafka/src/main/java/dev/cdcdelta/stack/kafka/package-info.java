/**
 * Input: a port and a directory. Output: a Kafka broker of one node, controller included, listening on the loopback
 * address.
 */
@NullMarked
package dev.cdcdelta.stack.kafka;

import org.jspecify.annotations.NullMarked;
