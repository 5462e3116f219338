/** Input: what the build packaged. Output: a verdict on whether it may be shipped. */
@NullMarked
package dev.cdcdelta.bundle;

import org.jspecify.annotations.NullMarked;
