/** Input: a range of keys or some keys. Output: MongoDB's documents, and the hashes that their rows must have. */
@NullMarked
package dev.cdcdelta.reconcile.source;

import org.jspecify.annotations.NullMarked;
