@NullUnmarked
package dev.cdcdelta.reconcile;

import org.jspecify.annotations.NullUnmarked;
