@NullUnmarked
package dev.cdcdelta.reconcile.range;

import org.jspecify.annotations.NullUnmarked;
