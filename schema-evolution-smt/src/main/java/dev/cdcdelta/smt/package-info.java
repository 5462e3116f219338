/** Input: change events of schemaless documents. Output: the same events with typed values. */
@NullMarked
package dev.cdcdelta.smt;

import org.jspecify.annotations.NullMarked;
