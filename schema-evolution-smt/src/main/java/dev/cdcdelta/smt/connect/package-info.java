/** Input: documents and their types. Output: the Kafka Connect schemas and Structs that stand for them, and the way back. */
@NullMarked
package dev.cdcdelta.smt.connect;

import org.jspecify.annotations.NullMarked;
