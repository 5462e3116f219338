@NullUnmarked
package dev.cdcdelta.reconcile.finding;

import org.jspecify.annotations.NullUnmarked;
