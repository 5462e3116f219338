@NullMarked
package dev.cdcdelta.admin;

import org.jspecify.annotations.NullMarked;
