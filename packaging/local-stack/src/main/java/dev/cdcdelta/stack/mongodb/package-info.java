/**
 * A stand-in for a MongoDB replica set of one member, in memory, with change streams.
 *
 * <p>Input: MongoDB's wire protocol. Output: replies and change events as a replica set gives them, as far as drivers,
 * Debezium and the tests of this project need them. Not there: transactions, sessions, sharding, split large events,
 * durability; pre-images are always on. A test that must hold on MongoDB itself runs against {@code MONGODB_URI} too.
 */
@NullMarked
package dev.cdcdelta.stack.mongodb;

import org.jspecify.annotations.NullMarked;
