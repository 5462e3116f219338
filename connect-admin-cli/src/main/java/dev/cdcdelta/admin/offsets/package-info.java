/** Input: where a connector stands, and where it is to stand. Output: the change, checked before it is sent. */
@NullMarked
package dev.cdcdelta.admin.offsets;

import org.jspecify.annotations.NullMarked;
