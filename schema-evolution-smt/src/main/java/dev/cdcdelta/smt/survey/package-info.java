/** Input: documents. Output: which types their fields are of, how often, and which values one schema for all of them cannot hold. */
@NullMarked
package dev.cdcdelta.smt.survey;

import org.jspecify.annotations.NullMarked;
