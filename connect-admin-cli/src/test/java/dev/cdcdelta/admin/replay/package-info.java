@NullMarked
package dev.cdcdelta.admin.replay;

import org.jspecify.annotations.NullMarked;
