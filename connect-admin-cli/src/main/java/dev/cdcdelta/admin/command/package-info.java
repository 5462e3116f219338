/** Input: the options of one verb. Output: its report. One verb a class. */
@NullMarked
package dev.cdcdelta.admin.command;

import org.jspecify.annotations.NullMarked;
