@NullUnmarked
package dev.cdcdelta.reconcile.record;

import org.jspecify.annotations.NullUnmarked;
