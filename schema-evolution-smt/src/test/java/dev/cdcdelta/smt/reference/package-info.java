/** Reference pages of configurations, for the tests of all modules. */
@NullMarked
package dev.cdcdelta.smt.reference;

import org.jspecify.annotations.NullMarked;
