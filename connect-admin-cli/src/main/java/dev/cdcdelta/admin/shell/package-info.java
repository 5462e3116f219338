/** Input: lines that somebody types. Output: the statements in them, run one after the other. */
@NullMarked
package dev.cdcdelta.admin.shell;

import org.jspecify.annotations.NullMarked;
