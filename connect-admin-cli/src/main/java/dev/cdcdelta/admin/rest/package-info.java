/** Input: a verb on one of Connect's resources. Output: its answer as a record. The only package that speaks HTTP. */
@NullMarked
package dev.cdcdelta.admin.rest;

import org.jspecify.annotations.NullMarked;
