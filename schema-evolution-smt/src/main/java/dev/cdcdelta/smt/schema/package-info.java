/** Input: the shapes of documents. Output: one shape that holds them all; merging loses nothing and knows no order. */
@NullMarked
package dev.cdcdelta.smt.schema;

import org.jspecify.annotations.NullMarked;
