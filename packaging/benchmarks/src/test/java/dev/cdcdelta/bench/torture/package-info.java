@NullMarked
package dev.cdcdelta.bench.torture;

import org.jspecify.annotations.NullMarked;
