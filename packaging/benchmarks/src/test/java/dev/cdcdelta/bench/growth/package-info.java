@NullMarked
package dev.cdcdelta.bench.growth;

import org.jspecify.annotations.NullMarked;
