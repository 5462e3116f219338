/** Input: the directory that an image is built of. Output: its bill of materials. */
@NullMarked
package dev.cdcdelta.image;

import org.jspecify.annotations.NullMarked;
