/** Input: a table that a sink may be writing to. Output: fewer files, for readers and for the storage. */
@NullMarked
package dev.cdcdelta.admin.upkeep;

import org.jspecify.annotations.NullMarked;
