@NullMarked
package dev.cdcdelta.bench.limits;

import org.jspecify.annotations.NullMarked;
