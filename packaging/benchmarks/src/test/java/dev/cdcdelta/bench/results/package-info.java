@NullMarked
package dev.cdcdelta.bench.results;

import org.jspecify.annotations.NullMarked;
