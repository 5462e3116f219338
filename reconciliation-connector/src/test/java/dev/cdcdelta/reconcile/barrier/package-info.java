@NullUnmarked
package dev.cdcdelta.reconcile.barrier;

import org.jspecify.annotations.NullUnmarked;
