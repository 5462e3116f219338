@NullMarked
package dev.cdcdelta.admin.deadletter;

import org.jspecify.annotations.NullMarked;
