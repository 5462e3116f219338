/** Input: how many keys. Output: what the key index alone takes of time, memory and disk, without a table behind it. */
@NullMarked
package dev.cdcdelta.bench.keys;

import org.jspecify.annotations.NullMarked;
