/** Input: what a command found out, as plain values. Output: the same as a table, JSON, YAML or CSV. */
@NullMarked
package dev.cdcdelta.admin.output;

import org.jspecify.annotations.NullMarked;
