@NullUnmarked
package dev.cdcdelta.reconcile.run;

import org.jspecify.annotations.NullUnmarked;
