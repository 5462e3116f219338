/** Input: a warehouse. Output: its tables by name, and what their logs say of them. */
@NullMarked
package dev.cdcdelta.admin.table;

import org.jspecify.annotations.NullMarked;
