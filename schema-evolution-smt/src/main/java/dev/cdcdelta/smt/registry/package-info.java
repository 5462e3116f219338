/** Input: the type that a topic's documents ask for. Output: the type that the schema registry has agreed to, and Structs in its Avro form. */
@NullMarked
package dev.cdcdelta.smt.registry;

import org.jspecify.annotations.NullMarked;
