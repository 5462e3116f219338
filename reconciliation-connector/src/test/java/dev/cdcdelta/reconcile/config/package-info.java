@NullUnmarked
package dev.cdcdelta.reconcile.config;

import org.jspecify.annotations.NullUnmarked;
