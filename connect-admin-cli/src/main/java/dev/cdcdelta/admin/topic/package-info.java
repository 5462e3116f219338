/** Input: a topic. Output: its records from the beginning to where it ends, without joining a group. */
@NullMarked
package dev.cdcdelta.admin.topic;

import org.jspecify.annotations.NullMarked;
