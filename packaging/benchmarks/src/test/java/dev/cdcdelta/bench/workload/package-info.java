@NullMarked
package dev.cdcdelta.bench.workload;

import org.jspecify.annotations.NullMarked;
