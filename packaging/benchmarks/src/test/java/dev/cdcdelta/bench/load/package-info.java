@NullMarked
package dev.cdcdelta.bench.load;

import org.jspecify.annotations.NullMarked;
