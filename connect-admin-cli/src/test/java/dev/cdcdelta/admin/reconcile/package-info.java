@NullMarked
package dev.cdcdelta.admin.reconcile;

import org.jspecify.annotations.NullMarked;
