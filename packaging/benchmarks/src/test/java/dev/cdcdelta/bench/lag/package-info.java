@NullMarked
package dev.cdcdelta.bench.lag;

import org.jspecify.annotations.NullMarked;
