/** Input: who should be able to call. Output: tokens, and the keys that an identity provider would publish for them. */
@NullMarked
package dev.cdcdelta.worker.identity;

import org.jspecify.annotations.NullMarked;
