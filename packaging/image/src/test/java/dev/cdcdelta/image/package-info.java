@NullMarked
package dev.cdcdelta.image;

import org.jspecify.annotations.NullMarked;
