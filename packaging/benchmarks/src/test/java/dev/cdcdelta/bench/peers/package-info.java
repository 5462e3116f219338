@NullMarked
package dev.cdcdelta.bench.peers;

import org.jspecify.annotations.NullMarked;
