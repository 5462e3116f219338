@NullMarked
package dev.cdcdelta.admin.command;

import org.jspecify.annotations.NullMarked;
