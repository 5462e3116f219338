/** Input: what a change event says of the parts of a document that changed. Output: the document with those changes. */
@NullMarked
package dev.cdcdelta.smt.update;

import org.jspecify.annotations.NullMarked;
