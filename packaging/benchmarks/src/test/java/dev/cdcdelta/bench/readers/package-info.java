@NullMarked
package dev.cdcdelta.bench.readers;

import org.jspecify.annotations.NullMarked;
