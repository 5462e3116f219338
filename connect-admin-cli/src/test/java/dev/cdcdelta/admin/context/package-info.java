@NullMarked
package dev.cdcdelta.admin.context;

import org.jspecify.annotations.NullMarked;
