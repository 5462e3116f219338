@NullMarked
package dev.cdcdelta.spark;

import org.jspecify.annotations.NullMarked;
