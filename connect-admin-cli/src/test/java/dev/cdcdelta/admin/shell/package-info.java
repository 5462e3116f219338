@NullMarked
package dev.cdcdelta.admin.shell;

import org.jspecify.annotations.NullMarked;
