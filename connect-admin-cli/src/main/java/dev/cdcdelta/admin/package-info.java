/** Input: a command line. Output: what it asked for on standard output, or a problem with its remedy on standard error. */
@NullMarked
package dev.cdcdelta.admin;

import org.jspecify.annotations.NullMarked;
