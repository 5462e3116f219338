@NullMarked
package dev.cdcdelta.admin.lag;

import org.jspecify.annotations.NullMarked;
