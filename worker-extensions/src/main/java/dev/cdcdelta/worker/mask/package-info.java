/** Input: the JSON text of an answer. Output: the same without what its reader may not see. */
@NullMarked
package dev.cdcdelta.worker.mask;

import org.jspecify.annotations.NullMarked;
