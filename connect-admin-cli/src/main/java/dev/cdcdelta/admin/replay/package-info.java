/** Input: the documents that a table keeps as text. Output: change events of them, as a snapshot of the source would write. */
@NullMarked
package dev.cdcdelta.admin.replay;

import org.jspecify.annotations.NullMarked;
