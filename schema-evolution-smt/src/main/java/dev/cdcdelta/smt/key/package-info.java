/** Input: an {@code _id} in any form it travels in. Output: the one identity that MongoDB gives it. */
@NullMarked
package dev.cdcdelta.smt.key;

import org.jspecify.annotations.NullMarked;
