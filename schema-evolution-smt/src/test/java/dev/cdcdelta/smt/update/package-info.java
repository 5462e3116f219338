@NullMarked
package dev.cdcdelta.smt.update;

import org.jspecify.annotations.NullMarked;
