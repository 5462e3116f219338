@NullMarked
package dev.cdcdelta.admin.upkeep;

import org.jspecify.annotations.NullMarked;
