/** Input: a warehouse. Output: whether and how fast its storage does what tables need. */
@NullMarked
package dev.cdcdelta.admin.storage;

import org.jspecify.annotations.NullMarked;
