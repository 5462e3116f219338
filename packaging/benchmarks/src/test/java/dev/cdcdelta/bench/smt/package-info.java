@NullMarked
package dev.cdcdelta.bench.smt;

import org.jspecify.annotations.NullMarked;
