/** Input: sink records in any of the accepted forms. Output: changes of documents: what happened to which key, and when. */
@NullMarked
package dev.cdcdelta.sink.change;

import org.jspecify.annotations.NullMarked;
