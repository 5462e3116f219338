@NullUnmarked
package dev.cdcdelta.reconcile.source;

import org.jspecify.annotations.NullUnmarked;
