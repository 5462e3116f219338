/**
 * Input: a MongoDB collection and the rows of its table as JSON. Output: which documents the table holds exactly, which it
 * misses, and what it holds besides.
 *
 * <p>A model of the documented mapping, written apart from the pipeline's own code on purpose: an error there does not
 * repeat itself here.
 */
@NullMarked
package dev.cdcdelta.stack.check;

import org.jspecify.annotations.NullMarked;
