/** Input: whatever went wrong. Output: problem, cause and remedy, and an exit code that scripts can rely on. */
@NullMarked
package dev.cdcdelta.admin.failure;

import org.jspecify.annotations.NullMarked;
