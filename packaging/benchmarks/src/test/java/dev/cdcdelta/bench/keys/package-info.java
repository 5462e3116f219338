@NullMarked
package dev.cdcdelta.bench.keys;

import org.jspecify.annotations.NullMarked;
